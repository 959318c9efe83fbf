using System.CommandLine;
using System.Globalization;
using AkkaSockets.Admin.Palettes;

namespace AkkaSockets.Pbm.CommandLine;

/// <summary>
/// What was given, before it is known which commands there are: the member to ask, and the words that only it understands.
/// </summary>
/// <param name="Words">Everything but the address and the switches that are every command's.</param>
internal sealed record GivenArguments(Uri Member, string? Token, TimeSpan Timeout, bool Json, IReadOnlyList<string> Words)
{
    private const string DefaultMember = "127.0.0.1:9110";

    // A file's content in place of @name is no help where a user may be called @name.
    internal static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public bool WantsHelp => Words.Any(word => word is "--help" or "-h" or "-?");

    /// <summary><c>host:port</c></summary>
    public string Address => Member.Authority;

    /// <param name="usualToken">The token where none is given.</param>
    /// <exception cref="PbmException">They are used wrongly.</exception>
    public static GivenArguments Read(IReadOnlyList<string> args, string? usualToken)
    {
        var root = new RootCommand { TreatUnmatchedTokensAsErrors = false };
        root.Options.Clear();
        root.Directives.Clear();
        var (token, timeout, json) = (GlobalSwitches.Token(), GlobalSwitches.Timeout(), GlobalSwitches.Json());
        root.Options.Add(token);
        root.Options.Add(timeout);
        root.Options.Add(json);
        var words = new Argument<string[]>("words") { Arity = ArgumentArity.ZeroOrMore };
        root.Arguments.Add(words);
        var parsed = root.Parse(args, Parsing);
        if (parsed.Errors.Count > 0) throw new PbmException(ExitStatus.Misused, parsed.Errors[0].Message);
        IReadOnlyList<string> all = parsed.GetValue(words) ?? [];
        var member = all.Count > 0 && all[0].Contains(':', StringComparison.Ordinal) ? all[0] : null;
        return new GivenArguments(
            Parse(member ?? DefaultMember),
            parsed.GetValue(token) ?? (usualToken is { Length: > 0 } ? usualToken : null),
            ParseTimeout(parsed.GetValue(timeout)!),
            parsed.GetValue(json),
            member is null ? all : [.. all.Skip(1)]);
    }

    private static TimeSpan ParseTimeout(string text) => Durations.TryParse(text, out var timeout) && timeout > TimeSpan.Zero
        ? timeout
        : throw new PbmException(ExitStatus.Misused, $"--timeout is '{text}': it must be a duration, as 500ms, 5s or 2m.");

    private static Uri Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var isPort = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536;
        return isPort && !text.Contains('/', StringComparison.Ordinal) && !text.Contains('@', StringComparison.Ordinal) && Uri.TryCreate($"http://{text}", UriKind.Absolute, out var member)
            ? member
            : throw new PbmException(ExitStatus.Misused, $"'{text}' is no address of a member: write host:port, as {DefaultMember}.");
    }
}

/// <summary>Switches that every command takes.</summary>
internal static class GlobalSwitches
{
    public static Option<string?> Token() => new("--token")
    {
        Description = "The member's Pbm:Token. PBM_TOKEN in the environment does the same, and is not seen in a list of processes.",
        HelpName = "TOKEN",
        Recursive = true,
    };

    public static Option<string> Timeout() => new("--timeout")
    {
        Description = "How long to wait for the member's first answer.",
        HelpName = "DURATION",
        // A member on the other side of the world, or on a machine that has no time, answers within it; one that does not is frozen, or not there.
        DefaultValueFactory = _ => "10s",
        Recursive = true,
    };

    public static Option<bool> Json() => new("--json")
    {
        Description = "Answer in JSON; one object a line where the answer streams.",
        Recursive = true,
    };
}
