using System.Reflection;
using AkkaSockets.Admin.Protocol;

namespace AkkaSockets.Admin.Palettes;

/// <summary>All commands of this member.</summary>
public sealed class CommandCatalog(IEnumerable<IPalette> palettes)
{
    private static readonly string Version = typeof(CommandCatalog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly IReadOnlyList<IPalette> _palettes = [.. palettes];

    /// <exception cref="CommandMisusedException">There is none of these names.</exception>
    public Command Find(string palette, string command)
    {
        var found = _palettes.FirstOrDefault(p => p.Name == palette)
            ?? throw new CommandMisusedException($"There is no such module here. There are {string.Join(", ", _palettes.Select(p => p.Name))}.");
        return found.Commands.FirstOrDefault(c => c.Name == command)
            ?? throw new CommandMisusedException($"{palette} has no such command. It has {string.Join(", ", found.Commands.Select(c => c.Name))}.");
    }

    public MemberDescription Describe(string member)
    {
        var description = new MemberDescription { Member = member, Version = Version };
        description.Palettes.AddRange(_palettes.Select(Describe));
        return description;
    }

    private static PaletteDescription Describe(IPalette palette)
    {
        var description = new PaletteDescription { Name = palette.Name, Help = palette.Help };
        description.Commands.AddRange(palette.Commands.Select(command =>
        {
            var one = new CommandDescription { Name = command.Name, Help = command.Help, Streams = command.Streams };
            one.Switches.AddRange(command.Switches.Select(s => s.Describe()));
            return one;
        }));
        return description;
    }
}
