using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Tests.Serialization;

internal static partial class Samples
{
    private static IEnumerable<Sample> Stored() =>
    [
        new("EpochBegan-full", new EpochBegan("epoch-1", Upkeep)),
        new("EpochBegan-bare", new EpochBegan("epoch-1")),
        new("MessageAppended-full", new MessageAppended(42, Id, Bob, 1_790_000_000_000, Data, Upkeep)),
        new("MessageAppended-bare", new MessageAppended(1, Id, null, 0, default)),
        new("MessageAppended-first", new MessageAppended(1, Id, null, 0, default, null, "e1")),
        new("MessageAppended-empty-upkeep", new MessageAppended(1, Id, null, 0, default, NoUpkeep)),
        new("DeviceAdded-full", new DeviceAdded(PhoneCursor, Upkeep)),
        new("DeviceAdded-bare", new DeviceAdded(PhoneCursor)),
        new("UpkeepDone-full", new UpkeepDone(Upkeep)),
        new("UpkeepDone-bare", new UpkeepDone(NoUpkeep)),
        new("UserLogSnapshot-full", new UserLogSnapshot(
            "epoch-1",
            44,
            12,
            [Full, Bare],
            [PhoneCursor],
            [
                new KnownMessage(Bob, Id, 42, 1_790_000_000_000, new UInt128(0x0011223344556677, 0x8899aabbccddeeff)),
                new KnownMessage(null, Id, 43, 1_790_000_000_001, UInt128.MaxValue),
            ])),
        new("UserLogSnapshot-bare", new UserLogSnapshot("epoch-1", 0, 0, [], [], [])),
    ];
}
