using AkkaSockets.Node.Listeners;

namespace AkkaSockets.Node.Auth;

/// <summary>The answer to a request whose token was not taken: 401, or 503 where it may be taken soon.</summary>
internal static class TokenProblem
{
    public static Problem Of(TokenResult result) => result.AskAgainAfter is { } pause
        ? new(StatusCodes.Status503ServiceUnavailable, "token-unchecked", $"The token can't be checked: {result.Refusal}. Come back with it.", pause)
        : new(StatusCodes.Status401Unauthorized, "bad-token", $"The token is not valid: {result.Refusal}.");
}
