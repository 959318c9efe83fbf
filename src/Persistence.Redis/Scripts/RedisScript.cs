using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace AkkaSockets.Persistence.Redis.Scripts;

/// <summary>A Lua script that is called by its hash, and sent whole to a server that does not know it yet.</summary>
internal sealed class RedisScript
{
    public static readonly RedisScript Append = new("append.lua");
    public static readonly RedisScript DeleteEvents = new("delete-events.lua");
    public static readonly RedisScript NewestSnapshots = new("newest-snapshots.lua");
    public static readonly RedisScript ReplaceSnapshot = new("replace-snapshot.lua");

    private readonly string _text;
    private readonly byte[] _hash;

    private RedisScript(string resource)
    {
        _text = EmbeddedText.Read(resource);
        // Redis' own name for a script is its SHA-1; nothing secret hangs on it.
#pragma warning disable CA5350
        _hash = SHA1.HashData(Encoding.UTF8.GetBytes(_text));
#pragma warning restore CA5350
    }

    /// <summary>
    /// Runs the script on the primary. It is sent a second time only where the server said that it had not run it: a call
    /// whose answer got lost fails, since it may have been carried out.
    /// </summary>
    public async Task<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return await database.ScriptEvaluateAsync(_hash, keys, values, CommandFlags.DemandMaster).ConfigureAwait(false);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await RunInOrderAsync(database, keys, values).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Sends the script whole, always. Where two calls are under way at once and one of them was sent a second time, they
    /// could change places.
    /// </summary>
    public Task<RedisResult> RunInOrderAsync(IDatabase database, RedisKey[] keys, RedisValue[] values) =>
        database.ScriptEvaluateAsync(_text, keys, values, CommandFlags.DemandMaster | CommandFlags.NoScriptCache);
}
