using AkkaSockets.Peers.Wires;

namespace AkkaSockets.Peers.Contenders;

/// <summary>Something that users would pick: how it is started, and how its clients speak.</summary>
internal abstract class Contender
{
    /// <summary>As the command line has it.</summary>
    public abstract string Key { get; }

    /// <summary>As the table has it.</summary>
    public abstract string Name { get; }

    public abstract IWire Wire { get; }

    /// <summary>Whether it has the log, and moves users when nodes come and go.</summary>
    public virtual bool IsOurs => false;

    /// <summary>How many nodes it can have.</summary>
    public virtual int MostNodes => int.MaxValue;

    /// <summary>Its servers, ready.</summary>
    /// <exception cref="LocalCluster.Commands.CommandException">One of them ended instead.</exception>
    public async Task<Servers> StartAsync(int nodes, CancellationToken stop)
    {
        var servers = new Servers();
        try
        {
            await StartAsync(servers, Math.Min(nodes, MostNodes), stop).ConfigureAwait(false);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    protected abstract Task StartAsync(Servers servers, int nodes, CancellationToken stop);
}
