using AkkaSockets.Kubernetes.Tests.Rendering;
using k8s.Models;

namespace AkkaSockets.Kubernetes.Tests.Rules;

/// <summary>Each workload has an account of its own, and no token of it: none speaks to the API server.</summary>
internal sealed class AccountsRule : Rule
{
    public override IEnumerable<string> Check(Manifests manifests)
    {
        foreach (var workload in manifests.Workloads)
        {
            if (workload.Pod.ServiceAccountName != workload.Name) yield return $"{workload} has the account {workload.Pod.ServiceAccountName}, not one of its own.";
            if (manifests.Find<V1ServiceAccount>(workload.Pod.ServiceAccountName) is not { } account) yield return $"The account {workload.Pod.ServiceAccountName} of {workload} is not there.";
            else if (account.AutomountServiceAccountToken != false) yield return $"The account {account.Metadata.Name} mounts its token.";
            if (workload.Pod.AutomountServiceAccountToken != false) yield return $"{workload} mounts its account's token.";
            // A Service's address in a variable reads like a setting: API_PORT.
            if (workload.Pod.EnableServiceLinks != false) yield return $"{workload} is given every Service's address in its environment.";
        }
    }
}
