using System.Globalization;
using AkkaSockets.Node.Configuration;

namespace AkkaSockets.Node.Tests.Configuration;

public sealed class WrongNumbersSpec
{
    private const long TenYearsMs = 315_360_000_000;

    public static TheoryData<string, long, long> Ranges => new()
    {
        { "Cluster:Port", 1, 65_535 },
        { "Cluster:MinNodes", 1, 10_000 },
        { "Sharding:Shards", 1, 65_536 },
        { "Sharding:SettleMs", 0, 600_000 },
        { "Sharding:RolloutMs", 0, 3_600_000 },
        { "Reconnect:PerSecond", 1, 1_000_000 },
        { "Reconnect:GraceMs", 0, 3_600_000 },
        { "Drain:NoticeMs", 0, 600_000 },
        { "Drain:DeadlineMs", 1, 3_600_000 },
        { "Delivery:DeadlineMs", 1, 600_000 },
        { "Retention:Messages", 1, 1_000_000 },
        { "Retention:Bytes", 1_024, 1_073_741_824 },
        { "Retention:AgeMs", 1, TenYearsMs },
        { "Retention:DedupIds", 1, 1_000_000 },
        { "Retention:DedupMs", 1, TenYearsMs },
        { "Retention:DeviceMs", 1, TenYearsMs },
        { "Retention:AnonymousDeviceMs", 1, TenYearsMs },
        { "Limits:FrameBytes", 1_024, 16_777_216 },
        { "Limits:FramesPerSecond", 1, 1_000_000 },
        { "Limits:FrameBurst", 1, 1_000_000 },
        { "Limits:SocketsPerUser", 1, 10_000 },
        { "Limits:DevicesPerUser", 1, 10_000 },
        { "Limits:OutboxBytes", 1_024, 1_073_741_824 },
        { "Limits:AcceptPerSecond", 1, 1_000_000 },
        { "Limits:HandshakesPerAddress", 1, 1_000_000 },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void What_is_no_number_or_out_of_range_is_told_with_key_value_and_range(string key, long least, long most)
    {
        string[] wrong = ["12x", "", "1.5", "1e3", "0x10", "five", "1,000", "2 s", "9223372036854775808", Text(least - 1), Text(most + 1)];
        foreach (var value in wrong)
        {
            var line = Assert.Single(Settings.FaultsOf((key, value)));

            Assert.Equal($"{key} is '{value}': it must be a whole number from {least} to {most}.", line);
        }
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Both_ends_of_the_range_are_taken(string key, long least, long most)
    {
        foreach (var value in new[] { least, most })
        {
            var options = OptionsOf(key);

            Assert.Empty(SettingsReader.Read(Settings.Configuration((key, Text(value))), options));

            var taken = options.GetType().GetProperty(key.Split(':')[1])!.GetValue(options);
            Assert.Equal(value, Convert.ToInt64(taken, CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Every_number_there_is_has_its_range_here()
    {
        var numbers = from type in OptionTypes
                      from key in SettingsReader.KeysOf(type)
                      where key.PropertyType == typeof(int) || key.PropertyType == typeof(long)
                      select $"{SettingsReader.SectionOf(type)}:{key.Name}";

        Assert.Equal(numbers.Order(), Ranges.Select(row => row[0]).Order());
    }

    private static IEnumerable<Type> OptionTypes =>
        typeof(SettingsReader).Assembly.GetTypes().Where(type => Attribute.IsDefined(type, typeof(SectionAttribute)));

    private static object OptionsOf(string key) => Activator.CreateInstance(OptionTypes.Single(type => SettingsReader.SectionOf(type) == key.Split(':')[0]))!;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
