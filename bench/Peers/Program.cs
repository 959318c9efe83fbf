using System.CommandLine;
using AkkaSockets.Peers;

// Signals are this program's own: it needs its time to end the servers.
return await PeersCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
