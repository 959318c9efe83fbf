namespace AkkaSockets.Simulate.Timeline;

/// <summary>A node of a simulation.</summary>
internal sealed class Member(string name)
{
    public string Name => name;

    /// <summary>Sockets it holds.</summary>
    public double Sockets { get; set; }

    /// <summary>Of these, those that are to get a reconnect frame and have not got it.</summary>
    public double ToTell { get; set; }

    /// <summary>Whether it takes new sockets.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Frames a second in its drain; 0 when it does not drain.</summary>
    public double DrainPace { get; set; }

    /// <summary>Sockets it took since this was last set to 0.</summary>
    public double Accepted { get; set; }

    /// <summary>What its bucket lets in: at most one second's worth.</summary>
    public double Tokens { get; set; }
}
