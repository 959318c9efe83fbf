using AkkaSockets.Node.Tests.Api;

namespace AkkaSockets.Node.Tests.Auth;

public sealed class AuthorityKeysSpec
{
    private const string Unknown = "its key is none of the authority's";
    private const string Away = "the keys of its authority can't be had now";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly IssuerKey _old = IssuerKey.Ec("old");
    private readonly IssuerKey _new = IssuerKey.Ec("new");

    [Fact]
    public async Task A_new_key_is_taken_with_the_first_token_that_it_signed()
    {
        await using var authority = await AuthorityHarness.StartAsync(_old);
        await authority.KeysAsync();
        authority.Issuer.Publish(_new);

        Assert.NotNull((await authority.ValidateAsync(_new.Sign(authority.Claims("alice")))).Identity);
        Assert.NotNull((await authority.ValidateAsync(_old.Sign(authority.Claims("alice")))).Identity);
        Assert.Equal(2, authority.Issuer.Fetches);
    }

    [Fact]
    public async Task A_key_that_was_withdrawn_is_gone_after_an_hour()
    {
        await using var authority = await AuthorityHarness.StartAsync(_old, _new);
        await authority.KeysAsync();
        authority.Issuer.Withdraw(_old);
        await Wait.UntilAsync(() =>
        {
            // Each time, since the loop may not have come to its pause yet.
            authority.Time.Advance(Hour);
            return authority.Issuer.Fetches > 1;
        });

        await Wait.UntilAsync(() => RefusalOf(authority, _old) == Unknown);
        Assert.Null(RefusalOf(authority, _new));
    }

    [Fact]
    public async Task Tokens_of_invented_keys_do_not_make_the_authority_work()
    {
        await using var authority = await AuthorityHarness.StartAsync(_old);
        await authority.KeysAsync();

        var refusals = new List<string?>();
        for (var i = 0; i < 50; i++) refusals.Add((await authority.ValidateAsync(IssuerKey.Ec($"invented-{i}").Sign(authority.Claims("alice")))).Refusal);

        // One at the start, and five for the first five.
        Assert.Equal(6, authority.Issuer.Fetches);
        Assert.Equal([.. Enumerable.Repeat(Unknown, 5), .. Enumerable.Repeat(Away, 45)], refusals);
        Assert.Null(RefusalOf(authority, _old));

        authority.Time.Advance(TimeSpan.FromSeconds(10));
        authority.Issuer.Publish(_new);
        Assert.Null(RefusalOf(authority, _new));
    }

    [Fact]
    public async Task While_the_authority_is_away_from_the_start_a_token_may_come_again()
    {
        await using var authority = await AuthorityHarness.PrepareAsync(_old);
        authority.Issuer.IsDown = true;
        await authority.BeginAsync();

        var token = _old.Sign(authority.Claims("alice"));
        var result = await authority.ValidateAsync(token);
        Assert.Equal((Away, null), (result.Refusal, result.Identity));
        Assert.NotNull(result.AskAgainAfter);
        // What no key can cure is refused for good all the same.
        Assert.Null((await authority.ValidateAsync("garbage")).AskAgainAfter);

        authority.Issuer.IsDown = false;
        await Wait.UntilAsync(() =>
        {
            authority.Time.Advance(TimeSpan.FromSeconds(1));
            return RefusalOf(authority, _old) is null;
        });
    }

    [Fact]
    public async Task The_keys_that_were_known_outlive_the_authority()
    {
        await using var authority = await AuthorityHarness.StartAsync(_old);
        await authority.KeysAsync();
        authority.Issuer.IsDown = true;

        var unknown = await authority.ValidateAsync(_new.Sign(authority.Claims("alice")));
        Assert.Equal(Away, unknown.Refusal);
        Assert.NotNull(unknown.AskAgainAfter);
        Assert.Null(RefusalOf(authority, _old));
    }

    [Fact]
    public async Task A_document_without_keys_leaves_those_that_were_known()
    {
        await using var authority = await AuthorityHarness.StartAsync(_old);
        await authority.KeysAsync();
        authority.Issuer.Withdraw(_old);
        await authority.ValidateAsync(_new.Sign(authority.Claims("alice")));

        Assert.Equal(2, authority.Issuer.Fetches);
        Assert.Null(RefusalOf(authority, _old));
    }

    [Fact]
    public async Task Whoever_waits_for_an_authority_that_does_not_answer_waits_seconds_and_with_the_others()
    {
        await using var authority = await AuthorityHarness.PrepareAsync(_old);
        var stuck = new TaskCompletionSource();
        authority.Issuer.Stuck = stuck.Task;
        await authority.BeginAsync();

        var waiting = Enumerable.Range(0, 20).Select(_ => authority.ValidateAsync(_old.Sign(authority.Claims("alice")))).ToList();
        Assert.DoesNotContain(waiting, wait => wait.IsCompleted);
        authority.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.All(await Task.WhenAll(waiting), result => Assert.Equal(Away, result.Refusal));

        var again = Enumerable.Range(0, 20).Select(_ => authority.ValidateAsync(_old.Sign(authority.Claims("alice")))).ToList();
        stuck.SetResult();
        Assert.All(await Task.WhenAll(again), result => Assert.NotNull(result.Identity));
        Assert.Equal(1, authority.Issuer.Fetches);
    }

    private static string? RefusalOf(AuthorityHarness authority, IssuerKey key) => authority.ValidateAsync(key.Sign(authority.Claims("alice"))).GetAwaiter().GetResult().Refusal;
}
