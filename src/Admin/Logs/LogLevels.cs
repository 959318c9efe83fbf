using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AkkaSockets.Admin.Logs;

/// <summary>
/// The level that is logged, changed at run time: that of our own categories and of those without a rule of their own. Those that
/// the configuration sets apart (Logging:LogLevel:Microsoft) stay as configured.
/// </summary>
public sealed class LogLevels : IPostConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>, IDisposable
{
    private const string Own = "AkkaSockets";

    private CancellationTokenSource _changed = new();
    private volatile object? _level;
    private volatile object? _configured;

    public string? Name => Options.DefaultName;

    /// <summary>The level in force.</summary>
    public LogLevel Current => (LogLevel)(_level ?? _configured ?? LogLevel.Information);

    /// <summary>Sets the level; null goes back to what is configured.</summary>
    public void Set(LogLevel? level)
    {
        _level = level;
        using var changed = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
        changed.Cancel();
    }

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        _configured = options.Rules.LastOrDefault(rule => rule is { ProviderName: null, CategoryName: null or Own, LogLevel: not null })?.LogLevel ?? options.MinLevel;
        // Whoever follows the log asks for a level of their own.
        options.Rules.Add(new LoggerFilterRule(typeof(LogTap).FullName, null, LogLevel.Trace, null));
        if (_level is not LogLevel level) return;
        options.MinLevel = level;
        for (var i = 0; i < options.Rules.Count; i++)
        {
            var rule = options.Rules[i];
            if (rule.CategoryName is null && rule.ProviderName != typeof(LogTap).FullName)
                options.Rules[i] = new LoggerFilterRule(rule.ProviderName, null, level, rule.Filter);
        }
        options.Rules.Add(new LoggerFilterRule(null, Own, level, null));
    }

    public void Dispose() => _changed.Dispose();
}
