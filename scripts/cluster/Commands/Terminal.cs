using System.Threading.Channels;

namespace AkkaSockets.LocalCluster.Commands;

/// <summary>Lines from whoever started this: a person at a terminal, a program at a pipe, or nobody (/dev/null). And lines to them.</summary>
internal sealed class Terminal
{
    private const string Prompt = "cluster> ";

    private readonly Lock _gate = new();
    private readonly bool _isPrompting = !Console.IsInputRedirected && !Console.IsOutputRedirected;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private bool _isAsking;

    public Terminal()
    {
        // A read of a terminal can't be ended: a thread of its own may be left in it.
        if (!IsNobody()) new Thread(Read) { IsBackground = true, Name = "terminal" }.Start();
    }

    /// <summary>Writes one line or more, above the prompt.</summary>
    public void Tell(string text)
    {
        lock (_gate)
        {
            if (_isAsking) Console.Write("\r\u001b[K");
            Console.WriteLine(text);
            if (_isAsking) Console.Write(Prompt);
        }
    }

    /// <summary>The next line; null at the end of input, which never comes from nobody.</summary>
    public async Task<string?> AskAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            if (_isPrompting) Console.Write(Prompt);
            _isAsking = _isPrompting;
        }
        try
        {
            return await _lines.Reader.ReadAsync(stop).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
        finally
        {
            lock (_gate) _isAsking = false;
        }
    }

    private void Read()
    {
        // Not Console.ReadLine, which puts a terminal into a mode that a kill −9 would leave it in.
        using var input = new StreamReader(Console.OpenStandardInput());
        while (input.ReadLine() is { } line) _lines.Writer.TryWrite(line);
        _lines.Writer.TryComplete();
    }

    private static bool IsNobody() => File.ResolveLinkTarget("/proc/self/fd/0", returnFinalTarget: false)?.FullName == "/dev/null";
}
