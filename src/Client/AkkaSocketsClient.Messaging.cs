using System.Runtime.CompilerServices;

namespace AkkaSockets.Client;

public sealed partial class AkkaSocketsClient
{
    /// <summary>
    /// The messages, as they come, until the client is over; one reader at a time. With
    /// <see cref="AkkaSocketsClientOptions.AutoAcknowledge"/> asking for the next message means that the one before is handled;
    /// leaving the loop leaves the last one unhandled, unless <see cref="Acknowledge"/> is called with it.
    /// </summary>
    /// <param name="cancellationToken">Ends the enumeration, not the client; another one goes on after the last message.</param>
    /// <exception cref="ClientStoppedException">The client must not come back; thrown behind the last message.</exception>
    /// <exception cref="InvalidOperationException">Another enumeration is under way.</exception>
    public async IAsyncEnumerable<ReceivedMessage> Messages(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref reading, 1) != 0) throw new InvalidOperationException("Messages() has a reader.");
        try
        {
            while (await inbox.TakeAsync(cancellationToken).ConfigureAwait(false) is { } message)
            {
                supervisor?.OnTaken();
                yield return message;
                if (options.AutoAcknowledge) acknowledger.Handled(message);
            }
        }
        finally
        {
            Volatile.Write(ref reading, 0);
        }
    }

    /// <summary>
    /// Everything up to <paramref name="message"/> was handled. It is saved and told to the server with the next batch; nothing
    /// happens for an ephemeral message, or one from before the log began again.
    /// </summary>
    public void Acknowledge(ReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        acknowledger.Handled(message);
    }

    /// <summary>Saves and acknowledges at once what was handled, instead of with the batch.</summary>
    /// <param name="cancellationToken">Ends this wait only.</param>
    public Task FlushAsync(CancellationToken cancellationToken = default) =>
        acknowledger.FlushAsync().WaitAsync(cancellationToken);

    /// <summary>
    /// Sends a durable message, and completes when it is in the receiver's log. It is repeated under the same id over
    /// reconnects and whenever the server asks for that, for as long as it takes, so it arrives once. Sends to one user arrive
    /// in the order of the calls, each after the answer to the one before; different users are served side by side.
    /// </summary>
    /// <param name="to">The user id of the receiver.</param>
    /// <param name="json">One JSON value in UTF-8; the receiver gets these bytes. It is copied before the call returns.</param>
    /// <param name="id">1 to 128 characters, unique over all devices of this user; null for a new UUID.</param>
    /// <param name="cancellationToken">Ends the repeating. Whether the message arrived is then not known.</param>
    /// <exception cref="SendFailedException">The server refused it, or it was never sent: see the code.</exception>
    /// <exception cref="ClientStoppedException">The client must not come back.</exception>
    /// <exception cref="ArgumentException">Not JSON, no receiver, or an id that is too long or unanswered.</exception>
    public Task<SendResult> SendAsync(
        string to, ReadOnlyMemory<byte> json, string? id = null, CancellationToken cancellationToken = default) =>
        sender.SendAsync(to, json, id, cancellationToken);

    /// <summary>
    /// Sends to the receiver's sockets that are attached now. It is asked once: nothing is repeated, and nothing kept.
    /// </summary>
    /// <param name="to">The user id of the receiver.</param>
    /// <param name="json">One JSON value in UTF-8; the receiver gets these bytes. It is copied before the call returns.</param>
    /// <param name="cancellationToken">Ends this wait only.</param>
    /// <returns>How many sockets it was written to; 0 or more.</returns>
    /// <exception cref="ConnectionLostException">There is no connection, or it went before the answer.</exception>
    /// <exception cref="SendFailedException">The server refused it, or it was never sent: see the code.</exception>
    /// <exception cref="ClientStoppedException">The client must not come back.</exception>
    public Task<int> SendEphemeralAsync(string to, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default) =>
        sender.SendEphemeralAsync(to, json, cancellationToken);
}
