namespace AkkaSockets.Pbm;

/// <summary>The entry of <c>pbm</c>.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        using var stop = new CommandStop();
        return (int)await new PbmApp(Terminal.OfProcess(), stop).RunAsync(args).ConfigureAwait(false);
    }
}
