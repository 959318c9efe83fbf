using System.CommandLine;
using AkkaSockets.Admin.Protocol;

namespace AkkaSockets.Pbm.CommandLine;

/// <summary>The commands of a member as a grammar: made when it is known what the member has.</summary>
internal sealed class CommandTree
{
    private readonly Dictionary<Command, Leaf> _leaves = [];

    /// <param name="member">Null where none could be reached: the help then has no commands.</param>
    public CommandTree(MemberDescription? member)
    {
        Root = new RootCommand(Summary);
        Root.Directives.Clear();
        Root.Options.Add(Json);
        Root.Options.Add(GlobalSwitches.Token());
        Root.Options.Add(GlobalSwitches.Timeout());
        foreach (var palette in member?.Palettes ?? []) Root.Subcommands.Add(ModuleOf(palette));
    }

    public RootCommand Root { get; }

    public Option<bool> Json { get; } = GlobalSwitches.Json();

    private static string Summary => """
        Looks into a running AkkaSockets cluster.

          pbm [host:port] <module> <command> [switches]

        Without host:port it asks 127.0.0.1:9110, without a command it opens a shell. One member is asked; what a command tells of the cluster, that member finds out.
        Exit status: 0 done, 1 the command failed, 2 it could not connect or was used wrongly. Durations read 500ms, 5s, 2m.
        """;

    /// <summary>Where to read on.</summary>
    public string HintFor(ParseResult parsed)
    {
        var words = parsed.CommandResult.Command is var command && command == Root ? "" : $"{string.Join(' ', PathOf(command))} ";
        return command.Subcommands.Count == 0
            ? $"See pbm {words}--help."
            : $"There are {string.Join(", ", command.Subcommands.Select(one => one.Name))}. See pbm {words}--help.";
    }

    public ParseResult Parse(IReadOnlyList<string> words) => Root.Parse(words, GivenArguments.Parsing);

    /// <summary>The request that was parsed; null where only a module was named.</summary>
    public (CommandDescription Command, RunRequest Request)? RequestOf(ParseResult parsed)
    {
        if (!_leaves.TryGetValue(parsed.CommandResult.Command, out var leaf)) return null;
        var request = new RunRequest { Palette = leaf.Palette, Command = leaf.Description.Name };
        foreach (var (description, option) in leaf.Options)
        {
            if (parsed.GetResult(option) is not { Implicit: false } given) continue;
            var value = new SwitchValue { Name = description.Name };
            if (option is Option<bool>)
            {
                if (!given.GetValueOrDefault<bool>()) continue;
            }
            else
            {
                value.Values.AddRange(given.GetValueOrDefault<string[]>() ?? []);
            }
            request.Switches.Add(value);
        }
        return (leaf.Description, request);
    }

    private IEnumerable<string> PathOf(Command command) =>
        Root.Subcommands.Contains(command) ? [command.Name] : [Root.Subcommands.First(module => module.Subcommands.Contains(command)).Name, command.Name];

    private Command ModuleOf(PaletteDescription palette)
    {
        var module = new Command(palette.Name, palette.Help);
        foreach (var description in palette.Commands)
        {
            var command = new Command(description.Name, description.Help);
            var options = description.Switches.Select(s => (s, OptionOf(s))).ToList();
            foreach (var (_, option) in options) command.Options.Add(option);
            // It has to have one, or it counts as a group; what it does is the member's.
            command.SetAction(_ => 0);
            module.Subcommands.Add(command);
            _leaves[command] = new Leaf(palette.Name, description, options);
        }
        return module;
    }

    private static Option OptionOf(SwitchDescription description)
    {
        string[] aliases = description.ShortName.Length == 0 ? [] : [$"-{description.ShortName}"];
        if (description.Kind == SwitchKind.Flag) return new Option<bool>($"--{description.Name}", aliases) { Description = description.Help };
        var option = new Option<string[]>($"--{description.Name}", aliases)
        {
            Description = HelpOf(description),
            HelpName = description.Placeholder.Length == 0 ? null : description.Placeholder,
            Required = description.Mandatory,
            // More than one at a time is the member's to refuse: it says how the switch is used.
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        if (description.Allowed.Count > 0) option.CompletionSources.Add(_ => description.Allowed.Select(one => new System.CommandLine.Completions.CompletionItem(one)));
        return option;
    }

    private static string HelpOf(SwitchDescription description)
    {
        var help = description.Help;
        if (description.Allowed.Count > 0) help += $" One of {string.Join(", ", description.Allowed)}.";
        if (description.Multiple) help += " May be given more than once.";
        if (description.HasDefault) help += $" [default: {description.Default}]";
        return help;
    }

    private sealed record Leaf(string Palette, CommandDescription Description, IReadOnlyList<(SwitchDescription Description, Option Option)> Options);
}
