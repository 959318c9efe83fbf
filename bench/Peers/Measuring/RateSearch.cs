namespace AkkaSockets.Peers.Measuring;

/// <summary>Finds the highest rate that holds: doubles until one does not, then halves the distance some times.</summary>
/// <param name="From">The first that is tried.</param>
/// <param name="Most">None above is tried.</param>
/// <param name="Halvings">How often the distance between one that held and one that did not is halved.</param>
internal sealed record RateSearch(double From, double Most, int Halvings)
{
    /// <summary>Rates below this part of the first are not tried.</summary>
    private const double Least = 1.0 / 16;

    /// <returns>The highest that held; null when none did.</returns>
    /// <param name="holds">Tries one; while it doubles it is asked again when one does not hold, since a machine has moments of its own and all that follows would be below that.</param>
    public async Task<double?> FindAsync(Func<double, Task<bool>> holds)
    {
        double? held = null, failed = null;
        for (var rate = From; failed is null && rate <= Most; rate *= 2)
        {
            if (await TwiceAsync(holds, rate).ConfigureAwait(false)) held = rate;
            else failed = rate;
        }
        for (var rate = From / 2; held is null && rate >= From * Least; rate /= 2)
        {
            if (await TwiceAsync(holds, rate).ConfigureAwait(false)) held = rate;
            else failed = rate;
        }
        for (var i = 0; i < Halvings && held is { } low && failed is { } high; i++)
        {
            var middle = (low + high) / 2;
            if (await holds(middle).ConfigureAwait(false)) held = middle;
            else failed = middle;
        }
        return held;
    }

    private static async Task<bool> TwiceAsync(Func<double, Task<bool>> holds, double rate) =>
        await holds(rate).ConfigureAwait(false) || await holds(rate).ConfigureAwait(false);
}
