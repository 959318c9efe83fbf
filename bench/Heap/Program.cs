using System.CommandLine;
using AkkaSockets.Heap;

Option<int> pid = new("--pid") { Description = "The process to look at: a node, of the same user and the same .NET.", Required = true };
Option<int> sockets = new("--sockets") { Description = "Sockets that it holds: all figures are divided by it.", DefaultValueFactory = _ => 1 };
Option<int> top = new("--top") { Description = "How many types to print.", DefaultValueFactory = _ => 40 };
Option<FileInfo?> save = new("--save") { Description = "A file to keep the figures in: of a node without sockets, to subtract them later." };
Option<FileInfo?> minus = new("--minus") { Description = "Such a file, to subtract." };
sockets.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 1) result.AddError("--sockets takes 1 or more."); });

var root = new RootCommand("Walks the heap of a running process, which stands still meanwhile (some seconds), from its roots, so that garbage is left out: bytes by type, per socket.")
{
    pid, sockets, top, save, minus,
};
root.SetAction(parsed =>
{
    try
    {
        var figures = HeapWalk.Of(parsed.GetValue(pid));
        if (parsed.GetValue(save) is { } kept) figures.Save(kept.FullName);
        if (parsed.GetValue(minus) is { } before) figures = figures.Minus(HeapFigures.Load(before.FullName));
        figures.Print(Console.Out, parsed.GetValue(sockets), parsed.GetValue(top));
        return 0;
    }
    catch (HeapException e)
    {
        Console.Error.WriteLine(e.Message);
        return 2;
    }
});
return root.Parse(args).Invoke();
