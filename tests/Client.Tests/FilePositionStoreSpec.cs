using AkkaSockets.Client.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace AkkaSockets.Client.Tests;

public sealed class FilePositionStoreSpec : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());

    private string FilePath => Path.Combine(folder, "deep", "position.json");

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Nothing_saved_is_no_position() =>
        Assert.Null(await new FilePositionStore(FilePath).LoadAsync(CancellationToken.None));

    [Fact]
    public async Task What_is_saved_is_loaded_and_nothing_else_is_left()
    {
        var store = new FilePositionStore(FilePath, TimeSpan.Zero);
        await store.SaveAsync(new Position("e\"1", 1), CancellationToken.None);
        await store.SaveAsync(new Position("e\"1", long.MaxValue), CancellationToken.None);

        Assert.Equal(
            new Position("e\"1", long.MaxValue), await new FilePositionStore(FilePath).LoadAsync(CancellationToken.None));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(FilePath)!));
    }

    [Fact]
    public async Task A_half_written_file_beside_does_no_harm()
    {
        var store = new FilePositionStore(FilePath, TimeSpan.Zero);
        await store.SaveAsync(new Position("e1", 7), CancellationToken.None);
        await File.WriteAllTextAsync(FilePath + ".new", "{\"ep");

        Assert.Equal(new Position("e1", 7), await store.LoadAsync(CancellationToken.None));
        await store.SaveAsync(new Position("e1", 8), CancellationToken.None);
        Assert.Equal(new Position("e1", 8), await store.LoadAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"epoch\":\"\",\"seq\":1}")]
    [InlineData("{\"epoch\":\"e\",\"seq\":-1}")]
    public async Task Anything_else_is_told(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        await File.WriteAllTextAsync(FilePath, content);

        await Assert.ThrowsAsync<InvalidDataException>(
            () => new FilePositionStore(FilePath).LoadAsync(CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Saves_keep_their_distance()
    {
        var time = new FakeTimeProvider();
        var store = new FilePositionStore(FilePath, TimeSpan.FromMilliseconds(200), time);
        await store.SaveAsync(new Position("e1", 1), CancellationToken.None);

        var second = store.SaveAsync(new Position("e1", 2), CancellationToken.None).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(199));
        Assert.False(second.IsCompleted);
        Assert.Equal(1, (await store.LoadAsync(CancellationToken.None))!.Value.Seq);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await second.Within();

        Assert.Equal(2, (await store.LoadAsync(CancellationToken.None))!.Value.Seq);
    }

    [Fact]
    public void The_interval_has_a_range()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FilePositionStore(FilePath, TimeSpan.FromMilliseconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FilePositionStore(FilePath, TimeSpan.FromMinutes(2)));
        Assert.Throws<ArgumentException>(() => new FilePositionStore(" "));
    }
}
