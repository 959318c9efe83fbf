using Akka.Actor;
using AkkaSockets.Admin.Palettes;
using AkkaSockets.Admin.Protocol;

namespace AkkaSockets.Admin.Commands;

/// <summary><c>actor</c>: what runs inside the member that is asked.</summary>
public sealed class ActorPalette(ActorSystem system) : IPalette
{
    private static readonly Switch Path = new("path", "Where to begin, as /user/sockets.", 'p') { Default = "/", Placeholder = "PATH" };
    private static readonly Switch Depth = new("depth", "How many levels to show.", 'd') { Kind = SwitchKind.Number, Default = "4", Placeholder = "N" };
    private static readonly Switch Most = new("children", "How many children of one actor to show.", 'c') { Kind = SwitchKind.Number, Default = "50", Placeholder = "N" };

    public string Name => "actor";

    public string Help => "The actors of the member that pbm is connected to.";

    public IReadOnlyList<Command> Commands =>
    [
        new("hierarchy", "Shows actors below a path, with their type, children and waiting messages.", HierarchyAsync) { Switches = [Path, Depth, Most] },
    ];

    private async Task HierarchyAsync(CommandRun run)
    {
        var (depth, most) = (run.Switches.Number(Depth.Name)!.Value, run.Switches.Number(Most.Name)!.Value);
        var root = Find(run.Switches.Text(Path.Name)!);
        await run.Answer.TableAsync("actors", "actor", "type", "children", "queued").ConfigureAwait(false);
        // By hand, not by recursion: how deep it goes is the asker's to say.
        var stack = new Stack<(ActorRefWithCell Actor, int Level)>();
        stack.Push((root, 0));
        while (stack.TryPop(out var at))
        {
            run.Stop.ThrowIfCancellationRequested();
            var children = at.Actor.Children.OfType<ActorRefWithCell>().OrderBy(child => child.Path.Name, StringComparer.Ordinal).ToList();
            var cell = at.Actor.Underlying;
            await run.Answer.RowAsync(PathOf(at.Actor), cell.Props.Type.Name, children.Count, cell.NumberOfMessages).ConfigureAwait(false);
            if (at.Level >= depth) continue;
            if (children.Count > most) await run.Answer.NoteAsync($"{PathOf(at.Actor)} has {children.Count - most} children more than are shown (--children).").ConfigureAwait(false);
            foreach (var child in children.Take(most).Reverse()) stack.Push((child, at.Level + 1));
        }
    }

    private ActorRefWithCell Find(string text)
    {
        var local = ActorPath.TryParse(text, out var full) ? string.Join('/', full.Elements) : text;
        ActorRefWithCell at = (ActorRefWithCell)((ExtendedActorSystem)system).Provider.RootGuardian;
        foreach (var name in local.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = at.Children.OfType<ActorRefWithCell>().FirstOrDefault(child => child.Path.Name == name)
                ?? throw new CommandFailedException($"There is no actor at that path: {PathOf(at)} has no such child.");
        }
        return at;
    }

    private static string PathOf(IActorRef actor) => actor.Path.ToStringWithoutAddress();
}
