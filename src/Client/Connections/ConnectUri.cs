using System.Text;

namespace AkkaSockets.Client.Connections;

/// <summary>The addresses that sockets are opened to.</summary>
internal static class ConnectUri
{
    /// <summary>Adds who asks, and from where on, to the address's own query.</summary>
    public static Uri Build(Uri url, string? user, string? device, Position? resume)
    {
        var query = new StringBuilder(url.Query.TrimStart('?'));
        Add("user", user);
        Add("device", device);
        if (resume is { } position)
        {
            Add("epoch", position.Epoch);
            Add("seq", position.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return new UriBuilder(url) { Query = query.ToString(), Fragment = "" }.Uri;

        void Add(string name, string? value)
        {
            if (value is null) return;
            if (query.Length > 0) query.Append('&');
            query.Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    /// <summary>
    /// The address that the server names, if it may be followed: a token that was sent encrypted is never sent in the clear.
    /// </summary>
    public static Uri? Direct(string? named, Uri configured) =>
        Uri.TryCreate(named, UriKind.Absolute, out var url)
        && (url.Scheme == "wss" || (url.Scheme == "ws" && configured.Scheme == "ws"))
            ? url
            : null;

    public static Uri WithoutQuery(Uri url) =>
        url.Query.Length + url.Fragment.Length == 0 ? url : new UriBuilder(url) { Query = "", Fragment = "" }.Uri;
}
