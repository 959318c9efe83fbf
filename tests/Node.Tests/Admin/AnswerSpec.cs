using AkkaSockets.Admin.Palettes;
using AkkaSockets.Admin.Protocol;

namespace AkkaSockets.Node.Tests.Admin;

/// <summary>In JSON an answer is one document, whose members are its tables and the properties of its records.</summary>
public sealed class AnswerSpec : IDisposable
{
    private readonly List<Reply> _replies = [];
    private readonly Answer _answer;

    public AnswerSpec() => _answer = new Answer(reply =>
    {
        _replies.Add(reply);
        return Task.CompletedTask;
    });

    [Fact]
    public async Task A_property_and_a_table_can_not_have_one_name()
    {
        await _answer.RecordAsync("shard", ("shard", 7), ("sockets", 2));

        await Assert.ThrowsAsync<ArgumentException>(() => _answer.TableAsync("sockets", "node"));
        await _answer.TableAsync("held", "node", "sockets");
        Assert.Equal(["shard", "held"], _replies.Where(reply => reply.Table is not null).Select(reply => reply.Table.Name));
    }

    [Fact]
    public async Task Nor_can_two_tables_or_two_properties()
    {
        await _answer.TableAsync("nodes", "node");
        await _answer.RecordAsync("total", ("users", 1));

        await Assert.ThrowsAsync<ArgumentException>(() => _answer.TableAsync("nodes", "node"));
        await Assert.ThrowsAsync<ArgumentException>(() => _answer.RecordAsync("more", ("users", 2)));
        await Assert.ThrowsAsync<ArgumentException>(() => _answer.TableAsync("others", "node", "node"));
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("notes")]
    public async Task What_pbm_writes_itself_is_no_name_for_a_table(string name) => await Assert.ThrowsAsync<ArgumentException>(() => _answer.TableAsync(name, "node"));

    [Fact]
    public async Task Events_are_lines_of_their_own()
    {
        await _answer.EventsAsync("at", "event", "silent");

        Assert.Single(_replies);
    }

    public void Dispose() => _answer.Dispose();
}
