using Akka.Actor;
using Akka.Hosting;
using AkkaSockets.Messages.Admin;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaSockets.Admin.Cluster;

/// <summary>
/// Answers other members' operators for this one. Created at start, at the same path on every member; asked by <see cref="Members"/>. What
/// dies with it is who follows this member; a follower that hears nothing asks again.
/// </summary>
public sealed class AdminActor(IReadOnlyList<IAdminResponder> responders, ILogger<AdminActor> log) : UntypedActor
{
    /// <summary>Its name below <c>/user</c>.</summary>
    public const string Name = "admin";

    private readonly Dictionary<IActorRef, Dictionary<FollowTopic, IDisposable>> _followers = [];

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FollowMember follow: Follow(follow); break;
            case IAdminQuery query: Answer(query); break;
            case Terminated gone: Forget(gone.ActorRef); break;
        }
    }

    protected override void PostStop()
    {
        foreach (var follower in _followers.Keys.ToList()) Forget(follower);
    }

    private void Answer(IAdminQuery query)
    {
        var asker = Sender;
        // Its own thread: a question may wait for others, and this actor has more to answer.
        _ = AnswerAsync();

        async Task AnswerAsync()
        {
            try
            {
                foreach (var responder in responders)
                {
                    if (await responder.AnswerAsync(query).ConfigureAwait(false) is not { } answer) continue;
                    asker.Tell(answer);
                    return;
                }
                asker.Tell(new AdminRefused("this member has no answer to that"));
            }
            catch (Exception e) when (e is AskTimeoutException or TimeoutException or OperationCanceledException)
            {
                // Silence says the same, and the asker has a deadline.
            }
            catch (Exception e)
            {
                log.NoAnswer(query.GetType().Name, e);
                asker.Tell(new AdminRefused("this member failed, and its log says why"));
            }
        }
    }

    private void Follow(FollowMember follow)
    {
        // One that asks again had no answer yet: it would else be told everything twice.
        if (_followers.TryGetValue(follow.Follower, out var known) && known.ContainsKey(follow.Topic)) return;
        var following = responders.Select(responder => responder.Follow(follow.Topic, follow.Follower)).FirstOrDefault(f => f is not null);
        if (following is null)
        {
            follow.Follower.Tell(new AdminRefused("this member has nothing of that kind"));
            return;
        }
        if (!_followers.TryGetValue(follow.Follower, out var all)) _followers[follow.Follower] = all = [];
        all[follow.Topic] = following;
        Context.Watch(follow.Follower);
    }

    private void Forget(IActorRef follower)
    {
        if (!_followers.Remove(follower, out var all)) return;
        foreach (var following in all.Values) following.Dispose();
    }
}

/// <summary>What a member has to tell; called from any thread.</summary>
public interface IAdminResponder
{
    /// <summary>Null for what is another's to answer.</summary>
    Task<IAdminReply?> AnswerAsync(IAdminQuery query);

    /// <summary>Tells <paramref name="follower"/> what happens, the first news at once, until the result is disposed; null for what is another's.</summary>
    IDisposable? Follow(FollowTopic topic, IActorRef follower);
}

public static class AdminActorRegistration
{
    /// <summary>Starts the actor, with all responders that are registered.</summary>
    public static AkkaConfigurationBuilder AddAdmin(this AkkaConfigurationBuilder akka, IServiceProvider services) =>
        akka.WithActors((system, registry) => registry.Register<AdminActor>(system.ActorOf(
            Props.Create(typeof(AdminActor), (IReadOnlyList<IAdminResponder>)[.. services.GetServices<IAdminResponder>()], services.GetRequiredService<ILogger<AdminActor>>()), AdminActor.Name)));
}
