using Xunit.Abstractions;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>One node for the tests of a class, each of which uses users of its own.</summary>
/// <param name="settings">On top of the harness's own.</param>
public abstract class SharedNode(params (string Key, object? Value)[] settings) : IAsyncLifetime
{
    public NodeProcess Node { get; private set; } = null!;

    public async Task InitializeAsync() => Node = await NodeProcess.StartAsync(null, settings);

    public async Task DisposeAsync() => await Node.DisposeAsync();
}

/// <summary>A test on a shared node: what the node wrote meanwhile goes to the test's log, and must tell of no fault.</summary>
public abstract class SharedNodeSpec : IDisposable
{
    private readonly ITestOutputHelper _log;
    private readonly int _from;

    protected SharedNodeSpec(SharedNode shared, ITestOutputHelper log)
    {
        (Node, _log) = (shared.Node, log);
        _from = Node.Output.Count;
    }

    protected NodeProcess Node { get; }

    /// <summary>A user that no other test has.</summary>
    protected string User { get; } = $"user-{Guid.NewGuid():N}";

    public void Dispose()
    {
        _log.WriteLine(Node.Output.From(_from));
        GC.SuppressFinalize(this);
        Assert.Empty(Node.Output.Faults);
    }
}
