using AkkaSockets.Admin.Palettes;
using AkkaSockets.Admin.Protocol;
using Grpc.Core;
using Grpc.Net.Client;

namespace AkkaSockets.Pbm.Connections;

/// <summary>A connection to one member.</summary>
internal sealed class MemberConnection : IDisposable
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    private readonly GrpcChannel _channel;
    private readonly Admin.Protocol.Admin.AdminClient _client;
    private readonly Metadata _metadata = [];
    private readonly string _address;
    private readonly TimeSpan _timeout;

    /// <param name="timeout">How long to wait for the first answer.</param>
    /// <exception cref="PbmException">The token can't be one.</exception>
    public MemberConnection(Uri member, string? token, TimeSpan timeout)
    {
        // What a header can hold; another one could not be told from a broken connection.
        if (token?.All(c => c is > ' ' and < '\u007F') == false) throw new PbmException(ExitStatus.Misused, "The token has characters that no token has.");
        (_address, _timeout) = (member.Authority, timeout);
        _channel = GrpcChannel.ForAddress(member, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectTimeout = timeout,
                UseProxy = false,
                // So that a member that freezes, or is cut off, ends what is followed.
                KeepAlivePingDelay = PingEvery,
                KeepAlivePingTimeout = PingEvery,
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
        });
        _client = new Admin.Protocol.Admin.AdminClient(_channel);
        if (token is not null) _metadata.Add("authorization", $"Bearer {token}");
    }

    /// <summary>What the member can do.</summary>
    /// <exception cref="PbmException">There is none, or it does not let us.</exception>
    public async Task<MemberDescription> DescribeAsync(CancellationToken stop)
    {
        try
        {
            return await _client.DescribeAsync(new DescribeRequest(), _metadata, DateTime.UtcNow + _timeout, stop).ConfigureAwait(false);
        }
        catch (RpcException fault)
        {
            stop.ThrowIfCancellationRequested();
            throw new PbmException(ExitStatus.Misused, fault.StatusCode switch
            {
                StatusCode.Unauthenticated => fault.Status.Detail,
                StatusCode.DeadlineExceeded => $"{_address} did not answer within {Durations.Format(_timeout)} (--timeout).",
                _ => $"{_address} can't be reached as a member's Listen:Pbm: {Reason(fault)}",
            }, fault);
        }
    }

    /// <summary>A command's answer as it comes.</summary>
    /// <exception cref="PbmException">The member refused it, or it failed.</exception>
    public async IAsyncEnumerable<Reply> RunAsync(RunRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        using var call = _client.Run(request, _metadata, cancellationToken: stop);
        while (await NextAsync(call.ResponseStream, stop).ConfigureAwait(false)) yield return call.ResponseStream.Current;
    }

    public void Dispose() => _channel.Dispose();

    private async Task<bool> NextAsync(IAsyncStreamReader<Reply> replies, CancellationToken stop)
    {
        try
        {
            return await replies.MoveNext(CancellationToken.None).ConfigureAwait(false);
        }
        catch (RpcException fault)
        {
            stop.ThrowIfCancellationRequested();
            throw fault.StatusCode switch
            {
                StatusCode.InvalidArgument or StatusCode.Unauthenticated => new PbmException(ExitStatus.Misused, fault.Status.Detail, fault),
                StatusCode.Unavailable => new PbmException(ExitStatus.Failed, $"The connection to {_address} is lost: {Reason(fault)}", fault),
                _ => new PbmException(ExitStatus.Failed, fault.Status.Detail, fault),
            };
        }
    }

    /// <summary>The innermost cause, which is the one that says something.</summary>
    private static string Reason(RpcException fault) => (fault.Status.DebugException ?? fault).GetBaseException() is { } cause && cause is not RpcException
        ? cause.Message
        : fault.Status.Detail;
}
