using System.Buffers.Text;
using System.Text;

namespace AkkaSockets.Client.Tests.Fakes;

internal static class Jwt
{
    /// <summary>A token with this payload, and a signature that nobody looks at.</summary>
    public static string With(string payload) =>
        $"eyJhbGciOiJub25lIn0.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.c2ln";

    public static string Lasting(DateTimeOffset from, TimeSpan life) =>
        With($$"""{"sub":"alice","iat":{{from.ToUnixTimeSeconds()}},"exp":{{(from + life).ToUnixTimeSeconds()}}}""");
}
