namespace AkkaSockets.Client.Tokens;

/// <summary>Holds the token between its uses, so that the provider is asked only when a fresh one is needed.</summary>
internal sealed class TokenKeeper(Func<CancellationToken, ValueTask<string?>>? provider, TimeProvider timeProvider)
{
    private sealed record Held(string Token, TokenLife? Life);

    private volatile Held? held;

    public bool CanRefresh => provider is not null;

    /// <summary>When to bring the server a fresh token; null when that is not known, or nobody could make one.</summary>
    public TokenLife? Life => provider is null ? null : held?.Life;

    /// <summary>The token at hand is no good: the next <see cref="GetAsync"/> fetches another.</summary>
    public void Invalidate() => held = null;

    /// <summary>The token at hand, or a fresh one if there is none or it is close to its end.</summary>
    public ValueTask<string?> GetAsync(CancellationToken cancellationToken) =>
        held is { } kept && (kept.Life is not { } life || timeProvider.GetUtcNow() < life.RefreshAt)
            ? ValueTask.FromResult<string?>(kept.Token)
            : FetchAsync(cancellationToken);

    public async ValueTask<string?> FetchAsync(CancellationToken cancellationToken)
    {
        if (provider is null) return null;
        var token = await provider(cancellationToken).ConfigureAwait(false);
        held = token is null ? null : new Held(token, TokenLife.Of(token, timeProvider.GetUtcNow()));
        return token;
    }
}
