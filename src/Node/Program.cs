namespace AkkaSockets.Node;

/// <summary>The server's entry.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => MemberProgram.RunAsync(() => NodeApp.Build(args));
}
