namespace AkkaSockets.Node;

/// <summary>The server's entry: it runs until told to stop; what keeps it from starting is one line on standard error and exit status 1.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        WebApplication? node = null;
        try
        {
            node = NodeApp.Build(args);
            await node.StartAsync().ConfigureAwait(false);
            await node.WaitForShutdownAsync().ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (StartFailure.Explain(e, node?.Services) is { } reason)
        {
            await Console.Error.WriteLineAsync($"AkkaSockets can't start: {reason}").ConfigureAwait(false);
            return 1;
        }
        finally
        {
            // Not before the fault is explained, which asks the services: so not RunAsync, which disposes them first.
            if (node is not null) await node.DisposeAsync().ConfigureAwait(false);
        }
    }
}
