using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace AkkaSockets.Admin.Hosting;

/// <summary>Lets through who presents the token; with none configured, which only a loopback listener may be, anyone.</summary>
public sealed class TokenInterceptor(AdminAccess access) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(request, responseStream, context);
    }

    private void Check(ServerCallContext context)
    {
        if (access.Accepts(context.RequestHeaders.GetValue("authorization"))) return;
        throw new RpcException(new Status(StatusCode.Unauthenticated, "This member asks for its token (Pbm:Token): give it with --token or PBM_TOKEN."));
    }
}

/// <summary>Who may give commands. Hashes are compared, in constant time, so that timing tells nothing.</summary>
/// <param name="token">Empty: anyone.</param>
public sealed class AdminAccess(string token)
{
    private const string Bearer = "Bearer ";

    private readonly byte[]? _hash = token.Length == 0 ? null : Hash(token);

    public bool Accepts(string? authorization)
    {
        if (_hash is null) return true;
        return authorization?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true
            && CryptographicOperations.FixedTimeEquals(_hash, Hash(authorization[Bearer.Length..]));
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
