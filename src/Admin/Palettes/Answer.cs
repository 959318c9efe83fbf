using AkkaSockets.Admin.Protocol;

namespace AkkaSockets.Admin.Palettes;

/// <summary>
/// What a command answers, written as it comes: tables of typed rows, members that were silent, notes. Each call waits until the client has
/// room; calls from several threads go one after the other.
/// </summary>
public sealed class Answer(Func<Reply, Task> write) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    // An answer is one document in JSON: tables and properties are its members, beside two that pbm writes.
    private readonly HashSet<string> _taken = new(["silent", "notes"], StringComparer.Ordinal);

    /// <summary>Begins a table; the rows that follow are its own.</summary>
    /// <param name="name">What the rows are, in the plural; the member's name in JSON.</param>
    /// <exception cref="ArgumentException">The answer has that name already, as a table or as a property of a record: one of them would be lost in JSON.</exception>
    public Task TableAsync(string name, params string[] columns) => BeginAsync(name, columns, single: false, events: false);

    /// <summary>Begins a stream of things that happen.</summary>
    public Task EventsAsync(params string[] columns) => BeginAsync("events", columns, single: false, events: true);

    public Task RowAsync(params Cell[] values)
    {
        var row = new Row();
        row.Values.AddRange(values.Select(value => value.Proto));
        return WriteAsync(new Reply { Row = row });
    }

    /// <summary>The properties of one thing.</summary>
    /// <param name="name">What it is.</param>
    /// <exception cref="ArgumentException">As for tables: properties are members in JSON, too.</exception>
    public async Task RecordAsync(string name, params (string Name, Cell Value)[] properties)
    {
        await BeginAsync(name, [.. properties.Select(property => property.Name)], single: true, events: false).ConfigureAwait(false);
        await RowAsync([.. properties.Select(property => property.Value)]).ConfigureAwait(false);
    }

    /// <summary>Names a member that did not answer within <paramref name="deadline"/>.</summary>
    public Task SilentAsync(string member, TimeSpan deadline) =>
        WriteAsync(new Reply { Silent = new Silent { Member = member, DeadlineMs = (int)deadline.TotalMilliseconds } });

    /// <summary>A sentence for people.</summary>
    public Task NoteAsync(string text) => WriteAsync(new Reply { Note = new Note { Text = text } });

    public void Dispose() => _turn.Dispose();

    private Task BeginAsync(string name, string[] columns, bool single, bool events)
    {
        foreach (var member in single ? columns : events ? [] : [name]) Take(member);
        if (columns.Distinct(StringComparer.Ordinal).Count() < columns.Length) throw new ArgumentException($"Two columns of {name} have one name.", nameof(columns));
        var table = new Table { Name = name, Single = single, Events = events };
        table.Columns.AddRange(columns);
        return WriteAsync(new Reply { Table = table });
    }

    private void Take(string member)
    {
        lock (_taken)
        {
            if (!_taken.Add(member)) throw new ArgumentException($"The answer has '{member}' already.", nameof(member));
        }
    }

    private async Task WriteAsync(Reply reply)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await write(reply).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
