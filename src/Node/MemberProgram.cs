using Akka.Actor;
using AkkaSockets.Node.Membership;

namespace AkkaSockets.Node;

/// <summary>
/// How every member's process lives: it runs until told to stop, and ends with 0; what keeps it from starting is one line on standard error and exit status 1; one that
/// was put out of its cluster ends with <see cref="MemberEnd.DownedStatus"/>.
/// </summary>
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
            return EndOf(member.Services);
        }
        catch (Exception e) when (StartFailure.Explain(e, member?.Services) is { } reason)
        {
            return SayWhyNot(reason);
        }
        finally
        {
            // Not before the fault is explained, which asks the services: so not RunAsync, which disposes them first.
            if (member is not null) await member.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static int EndOf(IServiceProvider services) => services.GetRequiredService<MemberEnd>().Refusal is { } refusal
        ? SayWhyNot(refusal)
        : MemberEnd.StatusOf(services.GetRequiredService<ActorSystem>());

    private static int SayWhyNot(string reason)
    {
        Console.Error.WriteLine($"AkkaSockets can't start: {reason}");
        return 1;
    }
}
