using AkkaSockets.Admin.Protocol;
using Grpc.Core;

namespace AkkaSockets.EndToEnd.Tests.Harness;

/// <summary>A command's answer, of which nothing is read unless a test asks for it.</summary>
internal sealed class AdminAnswer(string command, AsyncServerStreamingCall<Reply> call) : IDisposable
{
    private static readonly TimeSpan SaysWithin = TimeSpan.FromSeconds(120);

    private readonly Lock _gate = new();
    private readonly List<AdminRow> _rows = [];
    private readonly List<string> _notes = [];
    private Table _table = new();

    /// <summary>What was read so far.</summary>
    public IReadOnlyList<AdminRow> Rows
    {
        get { lock (_gate) return [.. _rows]; }
    }

    public IReadOnlyList<string> Notes
    {
        get { lock (_gate) return [.. _notes]; }
    }

    /// <summary>Reads one reply more; false at the end.</summary>
    /// <exception cref="RpcException">The command failed, or the connection is lost.</exception>
    public async Task<bool> NextAsync()
    {
        if (!await call.ResponseStream.MoveNext(CancellationToken.None)) return false;
        lock (_gate)
        {
            switch (call.ResponseStream.Current)
            {
                case { Table: { } table }: _table = table; break;
                case { Row: { } row }: _rows.Add(new AdminRow(_table, row)); break;
                case { Note: { } note }: _notes.Add(note.Text); break;
            }
        }
        return true;
    }

    public async Task<IReadOnlyList<AdminRow>> ReadToEndAsync()
    {
        while (await NextAsync())
        {
        }
        return Rows;
    }

    /// <summary>Reads on until something is so.</summary>
    public async Task ReadUntilAsync(Func<AdminAnswer, bool> isEnough, string what, TimeSpan? within = null)
    {
        for (var patience = new Patience(within ?? SaysWithin); !isEnough(this);)
        {
            try
            {
                if (!await NextAsync().Within(patience.Left)) throw new InvalidOperationException($"{command} ended before {what}: {this}");
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"{command} did not tell that {what}: {this}");
            }
        }
    }

    /// <summary>Reads all that comes from now on, and until the end whatever that is.</summary>
    public void Follow()
    {
        _ = FollowAsync();

        async Task FollowAsync()
        {
            try
            {
                await ReadToEndAsync();
            }
            catch (RpcException)
            {
                // Who waits for a row finds that it does not come.
            }
        }
    }

    /// <summary>Reads on until a row has these words, each in any column.</summary>
    public Task SaysAsync(params string[] words) =>
        ReadUntilAsync(answer => answer.Rows.Any(row => words.All(row.Has)), string.Join(' ', words));

    public override string ToString() => string.Join(Environment.NewLine, Rows);

    /// <summary>Ends the command, with a word to the member where the connection is there.</summary>
    public void Dispose() => call.Dispose();
}

/// <summary>A row with its table's columns.</summary>
internal sealed class AdminRow(Table table, Row row)
{
    /// <summary>A value as text; empty where there is none.</summary>
    public string this[string column] => Text(row.Values[table.Columns.IndexOf(column)]);

    public long Number(string column) => row.Values[table.Columns.IndexOf(column)].Number;

    public bool Has(string value) => row.Values.Any(one => Text(one) == value);

    public override string ToString() => $"{table.Name}: {string.Join(' ', row.Values.Select(Text))}";

    private static string Text(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.Text => value.Text,
        Value.KindOneofCase.Number => $"{value.Number}",
        Value.KindOneofCase.Flag => $"{value.Flag}",
        Value.KindOneofCase.Time => $"{value.Time}",
        Value.KindOneofCase.Texts => string.Join(',', value.Texts.Items),
        _ => "",
    };
}
