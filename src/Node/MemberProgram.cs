namespace AkkaSockets.Node;

/// <summary>How every member's process lives: it runs until told to stop; what keeps it from starting is one line on standard error and exit status 1.</summary>
internal static class MemberProgram
{
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        WebApplication? member = null;
        try
        {
            member = build();
            await member.StartAsync().ConfigureAwait(false);
            await member.WaitForShutdownAsync().ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (StartFailure.Explain(e, member?.Services) is { } reason)
        {
            await Console.Error.WriteLineAsync($"AkkaSockets can't start: {reason}").ConfigureAwait(false);
            return 1;
        }
        finally
        {
            // Not before the fault is explained, which asks the services: so not RunAsync, which disposes them first.
            if (member is not null) await member.DisposeAsync().ConfigureAwait(false);
        }
    }
}
