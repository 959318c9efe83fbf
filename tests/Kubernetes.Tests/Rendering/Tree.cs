using System.Collections;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rendering;

/// <summary>All objects below the manifests, each with the way to it.</summary>
internal static class Tree
{
    public static IEnumerable<(object Item, string Path)> Walk(Manifests manifests) =>
        manifests.Objects.SelectMany(manifest => Walk(manifest, $"{manifest.Kind} {manifest.Metadata.Name}"));

    /// <summary>A property's value, or the items of one that is a list; nothing for one that is not set.</summary>
    public static IEnumerable<object> Values(object owner, string property) => Items(owner.GetType().GetProperty(property)!.GetValue(owner));

    private static IEnumerable<(object Item, string Path)> Walk(object owner, string path)
    {
        yield return (owner, path);
        foreach (var property in owner.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            foreach (var item in Items(property.GetValue(owner)).Where(IsModel))
            {
                foreach (var below in Walk(item, $"{path}.{property.Name}")) yield return below;
            }
        }
    }

    private static IEnumerable<object> Items(object? value) => value switch
    {
        null => [],
        IEnumerable list and not string => list.Cast<object>(),
        _ => [value],
    };

    private static bool IsModel(object value) => value.GetType().Namespace == typeof(V1Pod).Namespace && value is not (IntOrString or ResourceQuantity);
}
