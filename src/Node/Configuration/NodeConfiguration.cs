namespace AkkaSockets.Node.Configuration;

/// <summary>Where settings come from.</summary>
public static class NodeConfiguration
{
    /// <summary>
    /// A builder that reads appsettings.json beside the program, whatever the working directory, then the environment, then the command
    /// line. Addresses come from <c>Listen</c> alone.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        // ASPNETCORE_URLS and its kin would add listeners that no section names.
        builder.WebHost.UseUrls();
        return builder;
    }
}
