using AkkaSockets.Messages.Frames;
using AkkaSockets.Messages.Ids;
using AkkaSockets.Messages.Users;

namespace AkkaSockets.Messages.Tests.Frames;

public sealed class ClientFramesSpec
{
    [Fact]
    public void An_open_frame_never_tells_its_token()
    {
        var text = new OpenFrame("secret", DeviceId.Parse("phone"), new ResumePoint("e", 1)).ToString();
        Assert.DoesNotContain("secret", text);
        Assert.Contains("phone", text);
    }
}
