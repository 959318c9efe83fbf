using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaSockets.Admin.Protocol;

namespace AkkaSockets.Pbm.Output;

/// <summary>Rows as JSON.</summary>
internal static class JsonValues
{
    public static JsonObject Of(Table table, Row row)
    {
        var json = new JsonObject();
        for (var i = 0; i < table.Columns.Count; i++) json[table.Columns[i]] = i < row.Values.Count ? Of(row.Values[i]) : null;
        return json;
    }

    public static string Text(JsonNode json, bool isIndented = false) => json.ToJsonString(isIndented ? Indented : Compact);

    // Names read as they are written in every script; quotes, controls and the like stay escaped.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    private static JsonNode? Of(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.Text => value.Text,
        Value.KindOneofCase.Number => value.Number,
        Value.KindOneofCase.Real => value.Real,
        Value.KindOneofCase.Flag => value.Flag,
        Value.KindOneofCase.Time => Cells.Time(value.Time, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
        Value.KindOneofCase.Texts => new JsonArray([.. value.Texts.Items.Select(item => (JsonNode)item)]),
        _ => null,
    };
}

/// <summary>
/// One document an answer: a table is an array under its name, the properties of one thing are the document's own, <c>silent</c> names
/// the members that did not answer.
/// </summary>
internal sealed class JsonWriter(TextWriter output, bool isIndented) : IReplyWriter
{
    private readonly JsonObject _answer = [];
    private readonly JsonArray _silent = [];
    private readonly JsonArray _notes = [];
    private Table _table = new();
    private JsonArray _rows = [];

    public void Write(Reply reply)
    {
        switch (reply.KindCase)
        {
            case Reply.KindOneofCase.Table:
                _table = reply.Table;
                if (!_table.Single) _answer[_table.Name] = _rows = [];
                break;
            case Reply.KindOneofCase.Row when _table.Single:
                foreach (var (name, value) in JsonValues.Of(_table, reply.Row).ToList()) _answer[name] = value?.DeepClone();
                break;
            case Reply.KindOneofCase.Row:
                _rows.Add(JsonValues.Of(_table, reply.Row));
                break;
            case Reply.KindOneofCase.Silent:
                _silent.Add(reply.Silent.Member);
                break;
            case Reply.KindOneofCase.Note:
                _notes.Add(reply.Note.Text);
                break;
        }
    }

    public void End()
    {
        if (_silent.Count > 0) _answer["silent"] = _silent;
        if (_notes.Count > 0) _answer["notes"] = _notes;
        if (_answer.Count > 0) output.WriteLine(JsonValues.Text(_answer, isIndented));
        output.Flush();
    }
}

/// <summary>One object a line, each at once.</summary>
internal sealed class JsonLinesWriter(TextWriter output) : IReplyWriter
{
    private Table _table = new();

    public void Write(Reply reply)
    {
        if (reply.KindCase == Reply.KindOneofCase.Table)
        {
            _table = reply.Table;
            return;
        }
        output.WriteLine(JsonValues.Text(reply.KindCase switch
        {
            Reply.KindOneofCase.Row => JsonValues.Of(_table, reply.Row),
            Reply.KindOneofCase.Silent => new JsonObject { ["silent"] = reply.Silent.Member },
            _ => new JsonObject { ["note"] = reply.Note?.Text },
        }));
        output.Flush();
    }

    public void End()
    {
    }
}
