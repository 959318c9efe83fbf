using System.Net.Security;
using System.Security.Cryptography;

namespace AkkaSockets.Node.Listeners;

/// <summary>
/// The certificate of https listeners, where Kestrel's own configuration (<c>Kestrel:Certificates:Default:Path</c>, with <c>:KeyPath</c> or <c>:Password</c>) names a
/// file. Kestrel reads it once; here new connections get what the file holds now, and sockets live on under what they began with. The
/// files are looked at every <see cref="LookEvery"/>, since nothing reports that the link through which Kubernetes shows a secret leads elsewhere.
/// </summary>
public sealed partial class ListenerCertificate : BackgroundService
{
    internal static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly CertificateFiles? _files;
    private readonly TimeProvider _time;
    private readonly ILogger<ListenerCertificate> _log;
    private readonly Lazy<(byte[] Digest, SslServerAuthenticationOptions Options)> _first;
    private volatile SslServerAuthenticationOptions? _current;

    public ListenerCertificate(IConfiguration configuration, IHostEnvironment environment, TimeProvider time, ILogger<ListenerCertificate> log)
    {
        _files = CertificateFiles.Of(configuration.GetSection("Kestrel:Certificates:Default"), environment.ContentRootPath);
        (_time, _log) = (time, log);
        _first = new(() => Load(_files!));
    }

    /// <summary>False where another source, or none, is configured: that is Kestrel's matter.</summary>
    internal bool IsConfigured => _files is not null;

    /// <summary>What a connection that begins now is to be given.</summary>
    internal SslServerAuthenticationOptions Current => _current ?? _first.Value.Options;

    /// <exception cref="ListenerException">The files can't be used.</exception>
    internal void Require() => _ = _first.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_files is null || !_first.IsValueCreated) return;
        var known = _first.Value.Digest;
        using var look = new PeriodicTimer(LookEvery, _time);
        try
        {
            while (await look.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) known = Look(_files, known);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private byte[] Look(CertificateFiles files, byte[] known)
    {
        try
        {
            if (CryptographicOperations.FixedTimeEquals(files.Digest(), known)) return known;
            var (digest, options) = Load(files);
            _current = options;
            LogTaken(_log, files.Path, options.ServerCertificateContext!.TargetCertificate.NotAfter.ToUniversalTime());
            return digest;
        }
        // Whoever renews writes one file after the other: the next look may find both.
        catch (Exception fault) when (fault is ListenerException or IOException or UnauthorizedAccessException)
        {
            LogKept(_log, files.Path, fault.Message);
            return known;
        }
    }

    private static (byte[] Digest, SslServerAuthenticationOptions Options) Load(CertificateFiles files)
    {
        try
        {
            // First, so that files that change meanwhile are read again.
            var digest = files.Digest();
            return (digest, new SslServerAuthenticationOptions { ServerCertificateContext = files.Load() });
        }
        // ArgumentException: the key is another certificate's.
        catch (Exception fault) when (fault is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new ListenerException($"Kestrel:Certificates:Default:Path is '{files.Path}', which can't be used: {fault.Message}", fault);
        }
    }
}
