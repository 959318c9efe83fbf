using AkkaSockets.Node.Auth;
using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Tests.Sockets;

internal static class TestTokens
{
    public static TokenValidator Validator { get; } = new(Options.Create(new AuthOptions()), Options.Create(new SendOptions()), TimeProvider.System);

    public static SendRights AllRights { get; } = SendRights.All;
}
