namespace AkkaSockets.Node.Auth;

/// <summary>Registers what checks tokens and keys.</summary>
public static class AuthRegistration
{
    public static IServiceCollection AddAuth(this IServiceCollection services) => services
        .AddSingleton<AuthorityKeys>()
        .AddHostedService(s => s.GetRequiredService<AuthorityKeys>())
        .AddSingleton<TokenValidator>()
        .AddSingleton<ApiKeys>();
}
