using AkkaSockets.Client.Tests.Fakes;

namespace AkkaSockets.Client.Tests;

public class StateKeeperSpec
{
    private readonly List<(ClientState From, ClientState To)> told = [];

    [Fact]
    public async Task Changes_are_told_in_their_order_and_nobody_waits_for_another_ones_telling()
    {
        using var entered = new SemaphoreSlim(0);
        using var leave = new SemaphoreSlim(0);
        var keeper = new StateKeeper(change =>
        {
            if (change.Current == ClientState.Reconnecting)
            {
                entered.Release();
                leave.Wait();
            }

            told.Add((change.Previous, change.Current));
        });
        keeper.Set(ClientState.Connected);
        var lost = Task.Run(() => keeper.Set(ClientState.Reconnecting));
        await entered.WaitAsync().Within();

        keeper.Set(ClientState.Connected);
        Assert.Equal(ClientState.Connected, keeper.Current);
        leave.Release();
        await lost.Within();

        Assert.Equal(
            [
                (ClientState.New, ClientState.Connected), (ClientState.Connected, ClientState.Reconnecting),
                (ClientState.Reconnecting, ClientState.Connected),
            ],
            told);
    }

    [Fact]
    public void A_change_from_within_the_telling_is_told_after_it()
    {
        StateKeeper keeper = null!;
        keeper = new StateKeeper(change =>
        {
            if (change.Current == ClientState.Connecting) keeper.Set(ClientState.Connected);
            told.Add((change.Previous, change.Current));
        });
        keeper.Set(ClientState.Connecting);
        Assert.Equal([(ClientState.New, ClientState.Connecting), (ClientState.Connecting, ClientState.Connected)], told);
    }

    [Fact]
    public void What_is_out_of_date_no_change_and_what_comes_after_the_end_are_not_told()
    {
        var keeper = new StateKeeper(change => told.Add((change.Previous, change.Current)));
        keeper.Set(ClientState.Connected, unless: () => false);
        keeper.Set(ClientState.Connected);
        keeper.Set(ClientState.Reconnecting, unless: () => true);
        keeper.Set(ClientState.Stopped);
        keeper.Set(ClientState.Connected);
        Assert.Equal(ClientState.Stopped, keeper.Current);
        Assert.Equal([(ClientState.New, ClientState.Connected), (ClientState.Connected, ClientState.Stopped)], told);
    }
}
