using System.Text.Json;

namespace AkkaSockets.Client;

/// <summary>
/// Keeps a position in a small JSON file. Each save writes a file beside it, through to the disk, and renames that over the
/// old one, so a crash leaves the one or the other whole. One client per file.
/// </summary>
public sealed class FilePositionStore : IPositionStore
{
    private readonly string path;
    private readonly TimeSpan interval;
    private readonly TimeProvider timeProvider;
    private long? lastWrite;

    /// <param name="path">The file; its folder is made if absent.</param>
    /// <param name="interval">
    /// A save waits until this long after the one before it, zero to a minute; null for 200 ms. More batches are handled
    /// meanwhile and the next save covers them all; acknowledgements wait too.
    /// </param>
    /// <param name="timeProvider">The clock for that; null for the system's.</param>
    public FilePositionStore(string path, TimeSpan? interval = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        this.path = Path.GetFullPath(path);
        this.interval = interval ?? TimeSpan.FromMilliseconds(200);
        this.timeProvider = timeProvider ?? TimeProvider.System;
        ArgumentOutOfRangeException.ThrowIfLessThan(this.interval, TimeSpan.Zero, nameof(interval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(this.interval, TimeSpan.FromMinutes(1), nameof(interval));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is there and holds no position.</exception>
    public async ValueTask<Position?> LoadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return null;
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        try
        {
            var position = JsonSerializer.Deserialize<Position>(bytes, JsonSerializerOptions.Web);
            return string.IsNullOrEmpty(position.Epoch) || position.Seq < 0
                ? throw new InvalidDataException($"{path} holds no position.")
                : position;
        }
        catch (JsonException notJson)
        {
            throw new InvalidDataException($"{path} holds no position.", notJson);
        }
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(Position position, CancellationToken cancellationToken)
    {
        if (lastWrite is { } last)
        {
            var wait = interval - timeProvider.GetElapsedTime(last);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        lastWrite = timeProvider.GetTimestamp();
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        var beside = path + ".new";
        var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(position, JsonSerializerOptions.Web);
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
