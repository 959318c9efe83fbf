using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AkkaSockets.Node.Auth;

/// <summary>
/// The keys of <c>Auth:Authority</c>, found by OpenID Connect Discovery 1.0 (§4) with Microsoft's own retriever. They are fetched at start and then
/// hourly; a token with a key that is not known has them fetched at once, within a rate. While the authority is away the keys it had stay
/// in force. One fetch is under way at a time and all who wait share it: the library's ConfigurationManager has each caller fetch for itself
/// until the first success, so a crowd of clients would queue behind an authority that is down.
/// </summary>
public sealed partial class AuthorityKeys : BackgroundService
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);

    // Of one request; a fetch is two.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    // What a client can be made to wait for an answer to its token.
    private static readonly TimeSpan WaitAtMost = TimeSpan.FromSeconds(5);

    // Fetches for unknown keys: anybody can invent a kid.
    private const double UnknownPerSecond = 0.1;
    private const int UnknownAtOnce = 5;

    private const int DocumentBytes = 1_048_576;

    private readonly AuthOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<AuthorityKeys> _log;
    private readonly RateGate _unknown;
    private readonly HttpClient _http = new() { Timeout = AnswerWithin, MaxResponseContentBufferSize = DocumentBytes };
    private readonly HttpDocumentRetriever _retriever;
    private readonly Lock _gate = new();
    private Task<bool>? _fetch;
    private volatile AuthorityKeySet? _current;

    public AuthorityKeys(IOptions<AuthOptions> options, TimeProvider time, ILogger<AuthorityKeys> log)
    {
        (_options, _time, _log) = (options.Value, time, log);
        _unknown = new RateGate(UnknownPerSecond, UnknownAtOnce, time);
        _retriever = new HttpDocumentRetriever(_http) { RequireHttps = _options.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase) };
    }

    /// <summary>
    /// The keys in force, fresh ones where the key of <paramref name="kid"/> was not among them; null where it can't be said now
    /// whether the authority has that key.
    /// </summary>
    internal async ValueTask<AuthorityKeySet?> ForAsync(string? kid)
    {
        if (_current is { } known && known.MayHaveSigned(kid)) return known;
        if (Ask() is not { } fetch) return null;
        try
        {
            return await fetch.WaitAsync(WaitAtMost, _time).ConfigureAwait(false) ? _current : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Authority.Length == 0) return;
        var retry = FirstRetry;
        try
        {
            while (true)
            {
                var isFetched = await Fetch().WaitAsync(stoppingToken).ConfigureAwait(false);
                // Half of the pause is chance, so that nodes that lost the authority together do not come back together.
                var pause = isFetched ? RefreshEvery : retry * (0.5 + (Random.Shared.NextDouble() / 2));
                retry = isFetched ? FirstRetry : TimeSpan.FromTicks(Math.Min(retry.Ticks * 2, LongestRetry.Ticks));
                await Task.Delay(pause, _time, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>The fetch that a token may wait for; null where none may be made now.</summary>
    private Task<bool>? Ask()
    {
        lock (_gate)
        {
            if (_fetch is { IsCompleted: false }) return _fetch;
            if (_fetch is null) return Fetch();
            // Until the first success it is the loop that asks again, at its own pace.
            return _current is not null && _unknown.TryEnter() ? Fetch() : null;
        }
    }

    private Task<bool> Fetch()
    {
        lock (_gate)
        {
            if (_fetch is not { IsCompleted: false }) _fetch = Task.Run(FetchAsync);
            return _fetch;
        }
    }

    /// <summary>True where the authority answered with keys, which are in force then.</summary>
    private async Task<bool> FetchAsync()
    {
        var (set, fault) = await AskAuthorityAsync().ConfigureAwait(false);
        if (set is not null)
        {
            if (_current is null) LogFetched(_log, _options.Authority, set.Count);
            _current = set;
            return true;
        }
        if (_current is null) LogMissing(_log, _options.Authority, fault!);
        else LogKept(_log, _options.Authority, fault!);
        return false;
    }

    private async Task<(AuthorityKeySet? Set, string? Fault)> AskAuthorityAsync()
    {
        try
        {
            var published = await OpenIdConnectConfigurationRetriever.GetAsync(AddressOf(_options.Authority), _retriever, CancellationToken.None).ConfigureAwait(false);
            return AuthorityKeySet.Of(published, _options.Audience);
        }
        // Whatever a stranger's document makes the library throw, the keys that are known stay in force.
        catch (Exception fault)
        {
            return (null, fault.GetBaseException().Message);
        }
    }

    private static string AddressOf(string authority) => $"{authority.TrimEnd('/')}/.well-known/openid-configuration";
}
