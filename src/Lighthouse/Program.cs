using AkkaSockets.Node;

namespace AkkaSockets.Lighthouse;

/// <summary>The seed node's entry.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => MemberProgram.RunAsync(() => LighthouseApp.Build(args));
}
