using AkkaSockets.EndToEnd.Tests.Harness;

namespace AkkaSockets.EndToEnd.Tests.Page;

/// <summary>What the page ships of others' is what its lock file names.</summary>
public sealed class ShippedUplotSpec
{
    [NpmTheory]
    [InlineData("dist/uPlot.esm.js", "uPlot.esm.js")]
    [InlineData("dist/uPlot.min.css", "uPlot.min.css")]
    [InlineData("LICENSE", "LICENSE")]
    public async Task It_is_byte_for_byte_the_packages_file(string packaged, string shipped)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Reaper.Folder, $"uplot-{Guid.NewGuid():N}")).FullName;
        foreach (var file in (string[])["package.json", "package-lock.json"]) File.Copy(Path.Combine(NodeJs.PageFolder, file), Path.Combine(folder, file));

        Assert.Null(Npm.Install(folder));
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(folder, "node_modules", "uplot", packaged)),
            await File.ReadAllBytesAsync(Path.Combine(NodeJs.PageFolder, "Assets", "uplot", shipped)));
    }
}
