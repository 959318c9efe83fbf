using System.Buffers;
using System.IO.Pipelines;
using AkkaSockets.Node.Listeners;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace AkkaSockets.Node.Sockets.Direct;

/// <summary>
/// Last of the clients' connection middleware, before Kestrel's HTTP server: takes the usual opening handshake, whole in the first read of its connection, straight off
/// the transport. No object of the HTTP server is made then, and those are the dearest part of an idle socket. Every other connection goes to the server with its request unread, also
/// one that is refused: the server answers with what was decided here.
/// </summary>
internal sealed class DirectUpgrade(UpgradeChecks checks, SocketEndpoint endpoint)
{
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        ServedSocket? served;
        try
        {
            served = await TryAcceptAsync(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client went while it was answered.
            return;
        }
        if (served is { } socket) await endpoint.ServeAsync(socket).ConfigureAwait(false);
        else await next(connection).ConfigureAwait(false);
    }

    /// <summary>Null where the HTTP server has to see to it. A method of its own, so that nothing of the request lives as long as its socket.</summary>
    private async Task<ServedSocket?> TryAcceptAsync(ConnectionContext connection)
    {
        var (http, request) = await ReadAsync(connection).ConfigureAwait(false);
        return request is null ? null : await endpoint.AcceptAsync(http!, request).ConfigureAwait(false);
    }

    /// <summary>An admitted request, taken off the transport; or nothing, with whatever is there still to be read.</summary>
    private async Task<(HttpContext? Http, UpgradeRequest? Request)> ReadAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        ReadOnlySequence<byte> bytes;
        try
        {
            bytes = await ReadFirstAsync(connection, input).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Gone already, which the server finds as well.
            return default;
        }
        var taken = bytes.Start;
        try
        {
            if (HeadOf(bytes) is not { } head) return default;
            var http = HandshakeRequest.Of(head, connection);
            if (await AdmitAsync(http, connection).ConfigureAwait(false) is not { } request) return default;
            taken = bytes.End;
            return (http, request);
        }
        finally
        {
            // What is left is not marked as seen, so that the server finds it at once.
            input.AdvanceTo(taken, taken);
        }
    }

    /// <summary>Nothing where the server stops before something came: it ends such connections at once, and this one would hold its stop up.</summary>
    private static async ValueTask<ReadOnlySequence<byte>> ReadFirstAsync(ConnectionContext connection, PipeReader input)
    {
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using var registration = stopping.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), input);
        return (await input.ReadAsync().ConfigureAwait(false)).Buffer;
    }

    private static HandshakeHead? HeadOf(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment) return HandshakeHead.Read(bytes.FirstSpan);
        return bytes.Length <= HandshakeHead.MaxBytes ? HandshakeHead.Read(bytes.ToArray()) : null;
    }

    /// <summary>Null where it is refused, or where that is for the server to say.</summary>
    private async ValueTask<UpgradeRequest?> AdmitAsync(HttpContext http, ConnectionContext connection)
    {
        var handshake = http.Features.Get<Handshake>();
        if (handshake is { IsOneTooMany: true } || !UpgradeHandshake.IsHandshake(http) || !UpgradeHandshake.HasKnownVersion(http)) return null;
        handshake?.RequestCame();
        UpgradeRequest request;
        try
        {
            request = await checks.AdmitAsync(http).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The server asks once more, and tells a fault as it tells any.
            return null;
        }
        if (request.Refusal is null) return request;
        connection.Features.Set(new DecidedUpgrade(request.Refusal));
        return null;
    }
}

/// <summary>What was decided of a connection's first request before the HTTP server read it; good for that one only.</summary>
internal sealed class DecidedUpgrade(IResult refusal)
{
    private IResult? _refusal = refusal;

    public IResult? Take() => Interlocked.Exchange(ref _refusal, null);
}
