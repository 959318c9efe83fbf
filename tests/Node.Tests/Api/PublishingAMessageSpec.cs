using System.Net;
using System.Text;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Node.Tests.Api;

public sealed class PublishingAMessageSpec : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_durable_message_is_answered_with_its_place_in_the_log()
    {
        var response = await _host.PublishAsync("alice", """{"data":{"a":1},"id":"m1"}""");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("""{"id":"m1","seq":1,"dup":false}""", await response.Content.ReadAsStringAsync());
        var sent = Assert.Single(_host.Users.Sent);
        Assert.Equal(("alice", "m1", null), (sent.User.Value, sent.Id.Value, sent.From));
    }

    [Fact]
    public async Task A_repeat_is_answered_as_the_first_and_says_so()
    {
        await _host.PublishAsync("alice", """{"data":1,"id":"m1"}""");
        var response = await _host.PublishAsync("alice", """{"data":1,"id":"m1"}""");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("""{"id":"m1","seq":1,"dup":true}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_ephemeral_message_is_answered_with_the_sockets_that_were_told()
    {
        var response = await _host.PublishAsync("alice", """{"data":1,"ephemeral":true}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"sockets":2}""", await response.Content.ReadAsStringAsync());
        Assert.IsType<SendEphemeral>(Assert.Single(_host.Users.Commands));
    }

    [Theory]
    [InlineData("""{"data":1}""")]
    [InlineData("""{"data":1,"id":null,"ephemeral":null}""")]
    [InlineData("""{"data":1,"ephemeral":false}""")]
    public async Task A_message_without_an_id_gets_one(string body)
    {
        var answer = await ApiHost.JsonOf(await _host.PublishAsync("alice", body));

        var id = answer.GetProperty("id").GetString();
        Assert.Equal(32, id!.Length);
        Assert.Equal(id, Assert.Single(_host.Users.Sent).Id.Value);
    }

    [Theory]
    [InlineData("""{"data":1}""")]
    [InlineData("""{"data":1,"id":"k-1"}""")]
    public async Task The_Idempotency_Key_is_the_id(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/users/alice/messages") { Content = new StringContent(body) };
        request.Headers.Add("Idempotency-Key", "k-1");

        var response = await _host.Api.SendAsync(request);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("k-1", Assert.Single(_host.Users.Sent).Id.Value);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("0.10e+01")]
    [InlineData("  { \"b\" :1,  \"b\":[ ] ,\"é\":\"\\u00e9\\/\\ud83d\\ude00😀\" }  ")]
    [InlineData("\"\\ud800\"")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    public async Task The_data_reaches_the_user_byte_for_byte(string data)
    {
        await _host.PublishAsync("alice", $$"""{"x":{"data":2},"data":{{data}},"id":"m"}""");

        Assert.Equal(data.Trim(), Encoding.UTF8.GetString(Assert.Single(_host.Users.Sent).Data.Utf8.Span));
    }

    [Theory]
    [InlineData(65_536, HttpStatusCode.Created)]
    [InlineData(65_537, HttpStatusCode.RequestEntityTooLarge)]
    public async Task The_data_may_have_as_many_bytes_as_configured_and_no_more(int bytes, HttpStatusCode status)
    {
        var data = '"' + new string('x', bytes - 2) + '"';

        Assert.Equal(status, (await _host.PublishAsync("alice", $$"""{"data":{{data}}}""")).StatusCode);
    }

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("%C3%BC%F0%9F%98%80", "ü😀")]
    [InlineData("a+b@c:d;e=f", "a+b@c:d;e=f")]
    [InlineData("a%3Fb%23c", "a?b#c")]
    [InlineData("messages", "messages")]
    public async Task The_user_in_the_path_is_decoded_exactly_once(string encoded, string user)
    {
        var response = await _host.PublishAsync(encoded, """{"data":1}""");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(user, Assert.Single(_host.Users.Sent).User.Value);
    }

    [Fact]
    public async Task A_body_is_JSON_whatever_its_Content_Type_says()
    {
        var response = await _host.PostAsync("/api/users/alice/messages", """{"data":1}""", "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}
