namespace AkkaSockets.Peers.Measuring;

internal static class Statistics
{
    /// <summary>The middle one; of an even number the mean of the two in the middle. NaN without any.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) return double.NaN;
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The smallest that <paramref name="part"/> of all are no greater than; NaN without any.</summary>
    public static double Percentile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * part) - 1, 0, sorted.Length - 1)];
    }
}
