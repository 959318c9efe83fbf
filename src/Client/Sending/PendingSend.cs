using AkkaSockets.Client.Connections;

namespace AkkaSockets.Client.Sending;

/// <summary>A durable send from its call to its answer.</summary>
internal sealed class PendingSend(string id, string target, byte[] frame)
{
    public string Id => id;

    public string Target => target;

    /// <summary>The whole frame; a repeat writes the same bytes.</summary>
    public byte[] Frame => frame;

    public TaskCompletionSource<SendResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The socket it was written to last: an error that another one reports is old news.</summary>
    public Connection? WrittenTo { get; set; }

    /// <summary>Answered, or given up by its caller.</summary>
    public bool Done { get; set; }
}
