using AkkaSockets.Persistence.Redis.Layout;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Journal;

/// <summary>Appends to different logs that go to Redis in one call of the script. Not safe from several threads.</summary>
internal sealed class AppendGroup
{
    /// <summary>How many logs one call may append to. It keeps all other clients of the server waiting: for about a millisecond.</summary>
    public const int MostAppends = 32;

    private const long MostBytes = 256 * 1024;

    private readonly List<PendingAppend> _appends = [];
    private readonly HashSet<string> _logs = new(StringComparer.Ordinal);
    private long _bytes;
    private int _arguments;

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<PendingAppend> Appends => _appends;

    /// <summary>Whether it has room for one more. An empty one has, however large that is; none has for the same log again.</summary>
    public bool Takes(Append append) =>
        _appends.Count == 0 || (_appends.Count < MostAppends && _bytes + append.Bytes <= MostBytes && !_logs.Contains(append.PersistenceId));

    public void Add(PendingAppend pending)
    {
        _appends.Add(pending);
        _logs.Add(pending.Append.PersistenceId);
        _bytes += pending.Append.Bytes;
        _arguments += 3 + pending.Append.Values.Count;
    }

    /// <summary>The script's KEYS.</summary>
    public RedisKey[] Keys(RedisKeys names)
    {
        var keys = new RedisKey[_appends.Count * 2];
        for (var i = 0; i < _appends.Count; i++)
        {
            keys[2 * i] = names.Journal(_appends[i].Append.PersistenceId);
            keys[2 * i + 1] = names.Highest(_appends[i].Append.PersistenceId);
        }
        return keys;
    }

    /// <summary>The script's ARGV.</summary>
    public RedisValue[] Arguments()
    {
        var arguments = new RedisValue[_arguments];
        var at = 0;
        foreach (var pending in _appends) at = pending.Append.CopyTo(arguments, at);
        return arguments;
    }
}
