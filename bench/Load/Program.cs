using System.CommandLine;
using AkkaSockets.Load;

return await LoadCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration
{
    // After Ctrl-C there is still something to wait for, and a report to print.
    ProcessTerminationTimeout = TimeSpan.FromMinutes(5),
});
