using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace AkkaSockets.Admin.Logs;

/// <summary>One line of the log.</summary>
public sealed record LogLine(DateTimeOffset At, LogLevel Level, string Category, int EventId, string Message);

/// <summary>Passes what is logged to those who follow, at levels of their own. While nobody does it costs a comparison.</summary>
public sealed class LogTap(TimeProvider time) : ILoggerProvider
{
    // At debug the web server writes of each frame that carries a line, which would be a line again.
    private static readonly string[] Carriers = ["Microsoft.AspNetCore", "Grpc"];

    private readonly TimeProvider _time = time;
    private readonly Lock _gate = new();
    private volatile ImmutableList<Follower> _followers = [];
    private volatile int _lowest = (int)LogLevel.None;

    public ILogger CreateLogger(string categoryName) =>
        new Tap(this, categoryName, Carriers.Any(carrier => categoryName.StartsWith(carrier, StringComparison.Ordinal)) ? LogLevel.Warning : LogLevel.Trace);

    /// <summary>Calls <paramref name="tell"/> for each line from <paramref name="level"/> up, from any thread, until the result is disposed. It must not block.</summary>
    public IDisposable Follow(LogLevel level, Action<LogLine> tell)
    {
        var follower = new Follower(this, level, tell);
        Change(all => all.Add(follower));
        return follower;
    }

    public void Dispose()
    {
    }

    private void Change(Func<ImmutableList<Follower>, ImmutableList<Follower>> change)
    {
        // Both together: of two who come at once, the later count would else leave the other out.
        lock (_gate)
        {
            _followers = change(_followers);
            _lowest = (int)_followers.Select(follower => follower.Level).DefaultIfEmpty(LogLevel.None).Min();
        }
    }

    private sealed class Follower(LogTap tap, LogLevel level, Action<LogLine> tell) : IDisposable
    {
        public LogLevel Level => level;

        public void Tell(LogLine line) => tell(line);

        public void Dispose() => tap.Change(all => all.Remove(this));
    }

    private sealed class Tap(LogTap tap, string category, LogLevel floor) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => (int)logLevel >= tap._lowest && logLevel >= floor && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var message = formatter(state, exception);
            if (exception is not null) message = $"{message} {exception.GetType().Name}: {exception.Message}";
            var line = new LogLine(tap._time.GetUtcNow(), logLevel, category, eventId.Id, message);
            foreach (var follower in tap._followers)
            {
                if (logLevel >= follower.Level) follower.Tell(line);
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
