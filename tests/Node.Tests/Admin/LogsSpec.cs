using AkkaSockets.Admin.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Tests.Admin;

public sealed class LogsSpec : IDisposable
{
    private readonly Kept _kept = new();
    private readonly ServiceProvider _services;
    private readonly LogTap _tap;
    private readonly LogLevels _levels;

    public LogsSpec()
    {
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddProvider(_kept))
            .AddSingleton<LogLevels>()
            .AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(s => s.GetRequiredService<LogLevels>())
            .AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(s => s.GetRequiredService<LogLevels>())
            .AddSingleton<LogTap>()
            .AddSingleton<ILoggerProvider>(s => s.GetRequiredService<LogTap>())
            .BuildServiceProvider();
        (_tap, _levels) = (_services.GetRequiredService<LogTap>(), _services.GetRequiredService<LogLevels>());
    }

    [Fact]
    public void The_level_changes_at_run_time_and_back()
    {
        var own = Logger("AkkaSockets.Node.Something");
        own.LogDebug("one");
        _levels.Set(LogLevel.Debug);
        own.LogDebug("two");
        Assert.Equal(LogLevel.Debug, _levels.Current);
        _levels.Set(LogLevel.Error);
        own.LogWarning("three");
        _levels.Set(null);
        own.LogDebug("four");
        own.LogInformation("five");

        Assert.Equal(["two", "five"], _kept.Lines);
        Assert.Equal(LogLevel.Information, _levels.Current);
    }

    [Fact]
    public void What_is_configured_apart_stays_as_configured()
    {
        _levels.Set(LogLevel.Debug);
        Logger("Microsoft.Something").LogInformation("one");
        Logger("Akka.Something").LogDebug("two");

        Assert.Equal(["two"], _kept.Lines);
    }

    [Fact]
    public void A_follower_sees_more_than_is_logged_and_only_while_it_follows()
    {
        var own = Logger("AkkaSockets.Node.Something");
        var seen = new List<string>();
        Assert.False(own.IsEnabled(LogLevel.Debug));
        using (_tap.Follow(LogLevel.Debug, line => seen.Add($"{line.Level} {line.Category} {line.Message}")))
        {
            Assert.True(own.IsEnabled(LogLevel.Debug));
            own.LogDebug("one");
            own.LogTrace("two");
            own.LogError(new InvalidOperationException("why"), "three");
        }
        own.LogError("four");

        Assert.Equal(["Debug AkkaSockets.Node.Something one", "Error AkkaSockets.Node.Something three InvalidOperationException: why"], seen);
        Assert.Equal(["three", "four"], _kept.Lines);
        Assert.False(own.IsEnabled(LogLevel.Debug));
    }

    [Fact]
    public void Of_followers_who_come_and_go_at_once_each_sees_its_level()
    {
        const int Times = 20_000;
        var own = Logger("AkkaSockets.Node.Something");
        using var inStep = new Barrier(2);
        var others = new Thread(() =>
        {
            for (var i = 0; i < Times; i++)
            {
                inStep.SignalAndWait();
                using var following = _tap.Follow(LogLevel.Information, _ => { });
                inStep.SignalAndWait();
            }
        });
        others.Start();
        var blind = 0;
        for (var i = 0; i < Times; i++)
        {
            inStep.SignalAndWait();
            using var following = _tap.Follow(LogLevel.Debug, _ => { });
            inStep.SignalAndWait();
            if (!own.IsEnabled(LogLevel.Debug)) blind++;
        }
        others.Join();
        Assert.Equal(0, blind);
        Assert.False(own.IsEnabled(LogLevel.Debug));
    }

    [Fact]
    public void What_carries_the_log_to_a_follower_is_not_told_to_it()
    {
        using var following = _tap.Follow(LogLevel.Trace, line => Assert.Fail(line.Message));

        Logger("Microsoft.AspNetCore.Server.Kestrel.Http2").LogTrace("a frame");
        Logger("Grpc.AspNetCore.Server").LogDebug("a message");
    }

    public void Dispose() => _services.Dispose();

    private ILogger Logger(string category) => _services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    private sealed class Kept : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
