using System.Text;
using AkkaSockets.Messages.Frames;

namespace AkkaSockets.Messages.Tests.Frames;

/// <summary>Reads frames as a socket does, the length of <c>data</c> limited to 65,536 bytes unless said otherwise.</summary>
internal static class Reading
{
    public static ClientFrame Read(string frame, int maxDataBytes = 65_536) => ClientFrameReader.Read(Encoding.UTF8.GetBytes(frame), maxDataBytes);

    public static InvalidFrame Refused(string frame, ErrorCode code = ErrorCode.BadFrame)
    {
        var refused = Assert.IsType<InvalidFrame>(Read(frame));
        Assert.Equal(code, refused.Code);
        Assert.NotEmpty(refused.Message);
        return refused;
    }
}
