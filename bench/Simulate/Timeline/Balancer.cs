namespace AkkaSockets.Simulate.Timeline;

/// <summary>A TCP load balancer with leastconn: each connection goes to the node that has the fewest, which may refuse it.</summary>
internal static class Balancer
{
    /// <summary>Spreads clients over the open members and has them accept what they may; the result is how many were refused.</summary>
    /// <param name="members">All of them.</param>
    /// <param name="clients">How many knock.</param>
    public static double Admit(IReadOnlyCollection<Member> members, double clients)
    {
        var open = members.Where(member => member.IsOpen).OrderBy(member => member.Sockets).ToArray();
        if (open.Length == 0) return clients;
        var level = Level(open, clients);
        double refused = 0;
        foreach (var member in open)
        {
            var given = level - member.Sockets;
            if (given <= 0) break;
            var taken = Math.Min(given, member.Tokens);
            member.Sockets += taken;
            member.Tokens -= taken;
            refused += given - taken;
            member.Accepted += taken;
        }
        return refused;
    }

    /// <summary>How full the emptiest members are once they have been given so many.</summary>
    private static double Level(Member[] ascending, double clients)
    {
        double sum = 0;
        for (var count = 1; ; count++)
        {
            sum += ascending[count - 1].Sockets;
            var level = (sum + clients) / count;
            if (count == ascending.Length || level <= ascending[count].Sockets) return level;
        }
    }
}
