namespace AkkaSockets.Client;

/// <summary>
/// The client's state, and the telling of its changes: one at a time and in their order, whichever loops they come from. Who changes it while another change is being told does not wait for
/// that.
/// </summary>
internal sealed class StateKeeper(Action<StateChangedEventArgs> tell)
{
    private readonly Lock gate = new();
    private readonly Queue<StateChangedEventArgs> untold = [];
    private ClientState state = ClientState.New;
    private bool telling;

    public ClientState Current
    {
        get { lock (gate) return state; }
    }

    /// <summary>Nothing changes after <see cref="ClientState.Stopped"/>.</summary>
    /// <param name="next">The state from now on.</param>
    /// <param name="unless">Asked last of all: what makes this out of date.</param>
    public void Set(ClientState next, Func<bool>? unless = null)
    {
        lock (gate)
        {
            if (state == next || state == ClientState.Stopped || unless?.Invoke() == true) return;
            untold.Enqueue(new StateChangedEventArgs(state, next));
            state = next;
            if (telling) return;
            telling = true;
        }

        while (Next() is { } change) tell(change);
    }

    private StateChangedEventArgs? Next()
    {
        lock (gate)
        {
            if (untold.TryDequeue(out var change)) return change;
            telling = false;
            return null;
        }
    }
}
