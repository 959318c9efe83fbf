using AkkaSockets.Node.Persistence;

namespace AkkaSockets.Node.Tests.Persistence;

public sealed class EmbeddedStoreSpec : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akkasockets").FullName;

    [Fact]
    public void The_folder_is_made()
    {
        using var store = EmbeddedStore.Open(Path.Combine(_folder, "a", "b"));
        Assert.True(Directory.Exists(Path.Combine(_folder, "a", "b")));
    }

    [Fact]
    public void A_second_one_on_the_same_folder_is_refused_until_the_first_is_gone()
    {
        using (EmbeddedStore.Open(_folder))
        {
            var refused = Assert.Throws<StoreException>(() => EmbeddedStore.Open(_folder));
            Assert.Equal($"Persistence:Path is '{_folder}': another process has the store there. The embedded store serves one node only.", refused.Message);
        }
        EmbeddedStore.Open(_folder).Dispose();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_in_one_line()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var refused = Assert.Throws<StoreException>(() => EmbeddedStore.Open(file));
        Assert.StartsWith($"Persistence:Path is '{file}'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_file_that_is_no_database_is_told_and_the_folder_stays_free()
    {
        File.WriteAllText(Path.Combine(_folder, "akkasockets.db"), new string('x', 5000));
        Assert.Throws<StoreException>(() => EmbeddedStore.Open(_folder));
        File.Delete(Path.Combine(_folder, "akkasockets.db"));
        EmbeddedStore.Open(_folder).Dispose();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
