using System.Globalization;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using AkkaSockets.Node.Lifecycle;
using AkkaSockets.Node.Lifecycle.Health;
using AkkaSockets.Node.Listeners;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Sockets;

/// <summary>Whether a request may become a socket, and whose. Cheap refusals come first: they are what a crowd meets.</summary>
public sealed class UpgradeChecks(
    TokenValidator tokens, IOptions<AuthOptions> auth, IOptions<LimitsOptions> limits, IOptions<SendOptions> send, AcceptGate accepts, DrainState drain, NodeHealth health)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Whether the request may become a socket now, and whose.</summary>
    public async ValueTask<UpgradeRequest> AdmitAsync(HttpContext http) => Refuse(http) is { } refusal ? new(refusal) : await ReadAsync(http).ConfigureAwait(false);

    /// <summary>The answer to a request that can't become a socket now, whoever sent it; null when it may.</summary>
    private IResult? Refuse(HttpContext http)
    {
        if (!UpgradeHandshake.IsHandshake(http) || !UpgradeHandshake.HasKnownVersion(http))
        {
            http.Response.Headers.Upgrade = "websocket";
            UpgradeHandshake.NameVersion(http);
            return new Problem(StatusCodes.Status426UpgradeRequired, "upgrade-required", "Open this address as a WebSocket, version 13 (RFC 6455).");
        }
        if (drain.IsRefusing) return new Problem(StatusCodes.Status503ServiceUnavailable, "draining", "This node stops; connect again to reach another.", Soon);
        if (!health.CanServe) return new Problem(StatusCodes.Status503ServiceUnavailable, "not-ready", "This node is not ready yet; try again shortly.", Soon);
        var offered = UpgradeHandshake.Offered(http).ToList();
        if (offered.Count > 0 && !offered.Contains(SocketEndpoint.Subprotocol))
            return new Problem(StatusCodes.Status400BadRequest, "bad-request", $"Offer the subprotocol {SocketEndpoint.Subprotocol}, or none.");
        if (limits.Value.OriginList.Count > 0 && http.Request.Headers.Origin is [{ } origin] && !limits.Value.OriginList.Contains(origin, StringComparer.OrdinalIgnoreCase))
            return new Problem(StatusCodes.Status403Forbidden, "forbidden", "Pages of this origin are not allowed here.");
        return accepts.TryEnter() ? null : new Problem(StatusCodes.Status429TooManyRequests, "too-many", "Too many sockets at once; try again shortly.", Soon);
    }

    /// <summary>Who asks, with which device, and from where to go on.</summary>
    private async ValueTask<UpgradeRequest> ReadAsync(HttpContext http)
    {
        var query = http.Request.Query;
        DeviceId? device = null;
        if (query.TryGetValue("device", out var deviceText))
        {
            if (deviceText.Count != 1 || !DeviceId.TryParse(deviceText[0], out var id)) return Bad("device must be given once and have 1 to 64 characters, no control characters or white space.");
            device = id;
        }
        if (!TryReadResume(query, out var resume)) return Bad("epoch and seq come together: the epoch that ready told, and a whole number from 0.");

        if (RequestToken.Find(http.Request) is { } token)
        {
            var result = await tokens.ValidateAsync(token).ConfigureAwait(false);
            return result.Identity is { } identity
                ? new(null, new SocketIdentity(identity.User, identity.ExpiresAt, identity.Rights), device, resume)
                : new(TokenProblem.Of(result));
        }
        if (!query.TryGetValue("user", out var userText) || !auth.Value.Development) return new(null, null, device, resume);
        return userText.Count == 1 && UserId.TryParse(userText[0], out var user)
            ? new(null, new SocketIdentity(user, null, SendRights.Of(send.Value.Allow, null)), device, resume)
            : Bad("user must be given once and have 1 to 128 characters, no control characters or white space.");
    }

    private static bool TryReadResume(IQueryCollection query, out ResumePoint? resume)
    {
        resume = null;
        var (hasEpoch, hasSeq) = (query.TryGetValue("epoch", out var epoch), query.TryGetValue("seq", out var seqText));
        if (!hasEpoch && !hasSeq) return true;
        if (epoch is not [{ Length: > 0 and <= 64 } life] || !long.TryParse(seqText, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)) return false;
        resume = new ResumePoint(life, seq);
        return true;
    }

    private static UpgradeRequest Bad(string detail) => new(new Problem(StatusCodes.Status400BadRequest, "bad-request", detail));
}
