using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Broken;

/// <summary>A fault in any one field, wherever the first object is that has it.</summary>
internal static class Planted
{
    /// <returns>Rendered manifests in which the field has the value, and the way to the object that has the field.</returns>
    public static (Manifests Manifests, string Path) In(Type type, string property, object? value)
    {
        var overlay = Overlay.Names.FirstOrDefault(name => Find(Overlay.Load(name), type) is not null) ?? "base";
        var manifests = Manifests.Load(Overlay.Render(overlay), overlay);
        if (Find(manifests, type) is null) manifests = With(manifests, type);
        var (item, path) = Find(manifests, type)!.Value;
        type.GetProperty(property)!.SetValue(item, value);
        return (manifests, path);
    }

    private static (object Item, string Path)? Find(Manifests manifests, Type type) =>
        Tree.Walk(manifests).Where(found => found.Item.GetType() == type).Select(found => ((object Item, string Path)?)found).FirstOrDefault();

    /// <summary>What no overlay has is put where it could be.</summary>
    private static Manifests With(Manifests manifests, Type type)
    {
        var made = Activator.CreateInstance(type)!;
        if (made is IKubernetesObject<V1ObjectMeta> manifest)
        {
            manifest.Metadata = new() { Name = "planted" };
            return new(manifests.Overlay, [.. manifests.Objects, manifest]);
        }
        var (owner, place) = Tree.Walk(manifests)
            .SelectMany(found => found.Item.GetType().GetProperties().Where(property => property.PropertyType == type).Select(property => (found.Item, property))).First();
        place.SetValue(owner, made);
        return manifests;
    }
}
