using System.Text.Json;
using AkkaSockets.Peers.Scenarios;

namespace AkkaSockets.Peers.Tests.Scenarios;

public sealed class ClusterLookSpec
{
    [Theory]
    [InlineData("""{"0":"a","1":"b","2":"a"}""", 2, 1, true)]
    [InlineData("""{"0":"a","1":"b","2":"a"}""", 1, 1, false)]
    [InlineData("""{"0":"a","1":"a","2":"a"}""", 3, 0, false)]
    [InlineData("""{"0":"a","1":"a","2":"a","3":"a","4":"b"}""", 3, 0, false)]
    [InlineData("""{"0":"a","1":"b","2":"a","7":"b","8":"b"}""", 2, 1, true)]
    public void It_is_even_when_each_node_holds_what_runs_of_its_own_and_none_has_much_more(string shards, int heldByA, int heldByB, bool isEven)
    {
        var cluster = JsonDocument.Parse($$$"""
            {"members":[{"node":"lighthouse","status":"Up","shards":0},{"node":"a","status":"Up","shards":{{{heldByA}}}},{"node":"b","status":"Up","shards":{{{heldByB}}}}],
             "placement":{"count":256,"version":1,"shards":{{{shards}}}}}
            """).RootElement;
        Assert.Equal(isEven, ClusterLook.Read(cluster).IsEven(2, ["0", "1", "2"]));
    }

    [Fact]
    public void A_silent_member_holds_nothing_that_is_known()
    {
        var cluster = JsonDocument.Parse("""{"members":[{"node":"a","status":"Up","shards":null},{"node":"b","status":"Joining","shards":0}],"placement":{"count":1,"version":1,"shards":{"0":"a"}}}""").RootElement;
        var look = ClusterLook.Read(cluster);
        Assert.Equal(["a"], look.Held.Keys);
        Assert.False(look.IsEven(1, ["0"]));
    }
}
