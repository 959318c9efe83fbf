using System.Threading.Channels;

namespace AkkaSockets.Client.Tests.Fakes;

/// <summary>Keeps positions in memory; a save completes when the test says so.</summary>
internal sealed class MemoryPositions(Position? start = null) : IPositionStore
{
    private readonly Channel<(Position Position, TaskCompletionSource Done)> saves =
        Channel.CreateUnbounded<(Position, TaskCompletionSource)>();

    public ValueTask<Position?> LoadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(start);

    public async ValueTask SaveAsync(Position position, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        saves.Writer.TryWrite((position, done));
        await done.Task;
    }

    public bool HasSave => saves.Reader.Count > 0;

    /// <summary>The next save, not completed yet.</summary>
    public Task<(Position Position, TaskCompletionSource Done)> SaveAsync() => saves.Reader.ReadAsync().AsTask().Within();
}
