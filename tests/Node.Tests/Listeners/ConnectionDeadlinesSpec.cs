using AkkaSockets.Node.Listeners;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Node.Tests.Listeners;

public sealed class ConnectionDeadlinesSpec
{
    private static readonly TimeSpan Just = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeConnection _connection = new();
    private readonly Stop _stop = new();
    private readonly TaskCompletionSource _over = new();

    public ConnectionDeadlinesSpec() => _connection.Features.Set<IConnectionLifetimeNotificationFeature>(_stop);

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    public void One_that_says_nothing_is_ended_where_it_has_to_say_something(bool mayBeSilent, bool asks, bool isEnded)
    {
        _ = Open(mayBeSilent);
        if (asks) Ask();
        _time.Advance(ConnectionDeadlines.FirstRequestWithin - Just);
        Assert.False(_connection.IsAborted);
        _time.Advance(Just);
        Assert.Equal(isEnded, _connection.IsAborted);
    }

    [Fact]
    public void At_a_stop_it_is_ended_once_it_has_had_time_to_end()
    {
        _ = Open(mayBeSilent: true);
        _stop.Begin();
        _time.Advance(ConnectionDeadlines.EndWithin - Just);
        Assert.False(_connection.IsAborted);
        _time.Advance(Just);
        Assert.True(_connection.IsAborted);
    }

    [Fact]
    public async Task Not_while_a_request_is_under_way()
    {
        _ = Open(mayBeSilent: true);
        var (first, second) = (Ask(), Ask());
        _stop.Begin();
        _time.Advance(TimeSpan.FromMinutes(1));
        await first.CompleteAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_connection.IsAborted);
        await second.CompleteAsync();
        _time.Advance(ConnectionDeadlines.EndWithin);
        Assert.True(_connection.IsAborted);
    }

    [Fact]
    public async Task One_that_is_over_is_left_alone()
    {
        var running = Open(mayBeSilent: false);
        _stop.Begin();
        _over.SetResult();
        await running;
        _time.Advance(ConnectionDeadlines.FirstRequestWithin);
        Assert.False(_connection.IsAborted);
    }

    private Task Open(bool mayBeSilent) => ConnectionDeadlines.Before(mayBeSilent, _time)(_ => _over.Task)(_connection);

    /// <summary>A request over the connection, as the first of all middleware sees it; not answered yet.</summary>
    private Answer Ask()
    {
        var (features, answer) = (new FeatureCollection(_connection.Features), new Answer());
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(answer);
        var app = new ApplicationBuilder(new ServiceCollection().BuildServiceProvider());
        new RequestsUnderWay().Configure(rest => rest.Run(_ => Task.CompletedTask))(app);
        Assert.True(app.Build()(new DefaultHttpContext(features)).IsCompletedSuccessfully);
        return answer;
    }

    private sealed class Answer : HttpResponseFeature
    {
        private readonly List<Func<Task>> _completed = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => _completed.Add(() => callback(state));

        public Task CompleteAsync() => Task.WhenAll(_completed.Select(completed => completed()));
    }

    private sealed class Stop : IConnectionLifetimeNotificationFeature
    {
        private readonly CancellationTokenSource _requested = new();

        public CancellationToken ConnectionClosedRequested { get => _requested.Token; set => throw new NotSupportedException(); }

        public void RequestClose() => throw new NotSupportedException();

        public void Begin() => _requested.Cancel();
    }
}
