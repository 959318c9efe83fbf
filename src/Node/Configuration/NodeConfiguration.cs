using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AkkaSockets.Node.Configuration;

/// <summary>Where settings come from.</summary>
public static class NodeConfiguration
{
    /// <summary>
    /// A builder that reads appsettings.json and appsettings.{Environment}.json beside the program, whatever the working directory, then
    /// the environment (<c>Cluster__Port=4055</c>), then the command line (<c>--Cluster:Port 4055</c>).
    /// </summary>
    /// <exception cref="SettingsException">One of them can't be read. The message is one line.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = Read(args);
        builder.Services.AddTransient<IStartupFilter, NoOtherAddresses>();
        return builder;
    }

    private static WebApplicationBuilder Read(string[] args)
    {
        try
        {
            return WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        }
        catch (InvalidDataException fault)
        {
            throw new SettingsException([$"{fault.Message} {fault.GetBaseException().Message}"], fault);
        }
        catch (FormatException fault)
        {
            // Not the framework's message, which would tell the value too.
            var name = args.First(arg => arg.StartsWith('-') && !arg.StartsWith("--", StringComparison.Ordinal) && arg.Contains('=')).Split('=')[0];
            throw new SettingsException([$"{name} is not a switch: it must start with two dashes, as --Cluster:Port 4055."], fault);
        }
    }

    /// <summary>
    /// Addresses come from <c>Listen</c> alone. ASPNETCORE_URLS and its kin (images set ASPNETCORE_HTTP_PORTS) reach the server
    /// just before this does; left there, Kestrel would warn of them or, told to prefer them, take them.
    /// </summary>
    private sealed class NoOtherAddresses : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            if (app.ServerFeatures.Get<IServerAddressesFeature>() is { } hosting)
            {
                hosting.Addresses.Clear();
                hosting.PreferHostingUrls = false;
            }
            next(app);
        };
    }
}
