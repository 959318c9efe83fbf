using AkkaSockets.Node.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AkkaSockets.Node.Tests.Configuration;

public sealed class SecretsStayHiddenSpec
{
    private const string Secret = "hush-hush";
    private const string LongSecret = "hush-hush-hush-hush-hush-hush-hush-hush";

    [Theory]
    [InlineData("Auth:SigningKey")]
    [InlineData("Auth:SigningKye")]
    [InlineData("Auth:SigningKey:0")]
    [InlineData("Api:Keys:0")]
    [InlineData("Api:Key")]
    [InlineData("Pbm:Token:0")]
    [InlineData("Pbm:Tokken")]
    [InlineData("Persistence:Redis")]
    [InlineData("Persistence:Reddis")]
    public void A_fault_about_a_secret_tells_its_name_only(string key)
    {
        foreach (var environment in new[] { Environments.Production, Environments.Development })
        {
            var fault = Assert.Throws<SettingsException>(() => Settings.ReadBare(environment, ("Auth:SigningKey", LongSecret), (key, Secret)));

            Assert.Contains(key, fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hush", fault.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_settings_in_force_mask_every_secret_that_is_set()
    {
        using var node = Settings.Read(("Auth:SigningKey", LongSecret), ("Api:Keys", Secret), ("Pbm:Token", Secret));

        var masked = Settings.Masked(node);
        Assert.Equal(["***", "***", "***", ""], new[] { "Auth:SigningKey", "Api:Keys", "Pbm:Token", "Persistence:Redis" }.Select(key => masked[key]));
        Assert.DoesNotContain("hush", string.Join('\n', masked), StringComparison.Ordinal);
    }

    [Fact]
    public void No_options_tell_a_secret_as_text()
    {
        using var node = Settings.Read(("Auth:SigningKey", LongSecret), ("Api:Keys", Secret), ("Pbm:Token", Secret));

        object[] all =
        [
            node.GetRequiredService<IOptions<AuthOptions>>().Value, node.GetRequiredService<IOptions<ApiOptions>>().Value,
            node.GetRequiredService<IOptions<PbmOptions>>().Value, new StoreOptions { Redis = Secret }, node.GetRequiredService<SettingsInForce>(),
        ];
        Assert.All(all, options => Assert.DoesNotContain("hush", options.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Four_settings_are_secrets()
    {
        var secrets = from type in typeof(SettingsReader).Assembly.GetTypes()
                      where Attribute.IsDefined(type, typeof(SectionAttribute))
                      from key in SettingsReader.KeysOf(type)
                      where SettingsReader.IsSecret(key)
                      select $"{SettingsReader.SectionOf(type)}:{key.Name}";

        Assert.Equal(["Api:Keys", "Auth:SigningKey", "Pbm:Token", "Persistence:Redis"], secrets.Order());
    }
}
