using AkkaSockets.Messages.Users;
using AkkaSockets.Node.Users;
using BenchmarkDotNet.Attributes;

namespace AkkaSockets.Micro;

/// <summary>What each message to a user costs before it is sent: which entity it is for, and which shard that is in.</summary>
public class Routing
{
    private readonly SendMessage _message = new(Given.Alice, Given.Bob, Given.Id, Given.Data(100));
    private UserMessageExtractor _extractor = null!;

    [Params(256, 10_000)]
    public int Shards { get; set; }

    [GlobalSetup]
    public void Begin() => _extractor = new UserMessageExtractor(Shards);

    [Benchmark]
    public string? EntityId() => _extractor.EntityId(_message);

    [Benchmark]
    public string? ShardId() => _extractor.ShardId(_message);
}
