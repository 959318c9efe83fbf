using AkkaSockets.LocalCluster.Commands;
using AkkaSockets.LocalCluster.Processes;

namespace AkkaSockets.LocalCluster.Members;

/// <summary>A member of the cluster, or its Redis: one process at a time, told what to do. What becomes of that is told as it happens.</summary>
/// <param name="tell">Takes one line or more for the user.</param>
internal sealed class Member(MemberPlan plan, Guard guard, Action<string> tell)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private Child? _child;
    private Task<bool> _ended = Task.FromResult(true);
    private bool _isReady, _isFrozen, _isEndWanted;

    public MemberPlan Plan => plan;

    public MemberState State
    {
        get
        {
            lock (_gate)
            {
                return this switch
                {
                    { _child: null } => MemberState.Stopped,
                    { _isFrozen: true } => MemberState.Frozen,
                    { _isEndWanted: true } => MemberState.Stopping,
                    { _isReady: true } => MemberState.Running,
                    _ => MemberState.Starting,
                };
            }
        }
    }

    /// <summary>Null while it does not run.</summary>
    public int? Pid => _child?.Pid;

    /// <summary>Completes when it has done what it was told last: true when it is ready, or has ended as it was meant to.</summary>
    public Task<bool> Settled { get; private set; } = Task.FromResult(true);

    /// <summary>Starts it. Its output goes on in the same file.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_child is not null) throw new CommandException($"{plan.Name} runs already");
            _isReady = _isFrozen = _isEndWanted = false;
            var child = _child = Child.Start(plan.Launch, plan.Log, guard);
            tell($"{plan.Name} starts as process {child.Pid}");
            Settled = BecomeReadyAsync(child);
            _ended = EndedAsync(child, Settled);
        }
    }

    /// <summary>SIGTERM; a frozen one is thawed, or it could not hear that.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            var child = WantEnd();
            child.Send(Signal.Terminate);
            if (_isFrozen) child.Send(Signal.Continue);
            _isFrozen = false;
        }
    }

    /// <summary>kill −9.</summary>
    public void Kill()
    {
        lock (_gate) WantEnd().Kill();
    }

    /// <summary>SIGSTOP.</summary>
    public void Freeze()
    {
        lock (_gate)
        {
            Running().Send(Signal.Stop);
            _isFrozen = true;
        }
        tell($"{plan.Name} is frozen");
    }

    /// <summary>SIGCONT.</summary>
    public void Thaw()
    {
        lock (_gate)
        {
            Running().Send(Signal.Continue);
            _isFrozen = false;
        }
        tell($"{plan.Name} goes on");
    }

    /// <summary>SIGTERM, the end, and a new start; when it does not run, a start.</summary>
    public async Task RestartAsync(CancellationToken stop)
    {
        if (_child is not null) Stop();
        await _ended.WaitAsync(stop).ConfigureAwait(false);
        Start();
    }

    /// <summary>SIGTERM where it runs, and −9 once <paramref name="hurry"/> says so, or it takes longer than planned.</summary>
    public async Task EndAsync(CancellationToken hurry)
    {
        lock (_gate)
        {
            if (_child is null) return;
            Stop();
        }
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(hurry);
        deadline.CancelAfter(plan.StopsWithin);
        try
        {
            await _ended.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _child?.Kill();
            await _ended.ConfigureAwait(false);
        }
    }

    private Child Running() => _child ?? throw new CommandException($"{plan.Name} does not run");

    private Child WantEnd()
    {
        var child = Running();
        _isEndWanted = true;
        Settled = _ended;
        return child;
    }

    /// <summary>False when it ended before.</summary>
    private async Task<bool> BecomeReadyAsync(Child child)
    {
        using var ended = new CancellationTokenSource();
        var asking = AskAsync(ended.Token);
        if (await Task.WhenAny(asking, child.Exited).ConfigureAwait(false) != asking)
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }
        await asking.ConfigureAwait(false);
        lock (_gate) _isReady = true;
        tell($"{plan.Name} is ready after {child.Age}");
        return true;
    }

    private async Task AskAsync(CancellationToken ended)
    {
        using var ticks = new PeriodicTimer(AskEvery);
        while (await plan.WaitsFor(ended).ConfigureAwait(false) is not null) await ticks.WaitForNextTickAsync(ended).ConfigureAwait(false);
    }

    /// <summary>True when that was asked for.</summary>
    private async Task<bool> EndedAsync(Child child, Task<bool> readiness)
    {
        var status = await child.Exited.ConfigureAwait(false);
        await ((Task)readiness).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        bool isEndWanted;
        lock (_gate) (isEndWanted, _child) = (_isEndWanted, null);
        var what = $"{plan.Name} ended with {(status > 128 ? $"signal {status - 128}" : $"status {status}")} after {child.Age}";
        tell(isEndWanted ? what : $"{what}, unasked. {LogTail.Quote(plan.Log)}");
        return isEndWanted;
    }
}
