using AkkaSockets.Peers.Reports;

namespace AkkaSockets.Peers.Tests.Reports;

public sealed class GeneratedPartSpec
{
    [Fact]
    public void Only_what_is_between_the_marks_is_replaced_and_again()
    {
        const string Document = $"before\n{GeneratedPart.Begin}\nold\n{GeneratedPart.End}\nafter\n";
        var once = GeneratedPart.Replace(Document, "new\n");
        Assert.Equal($"before\n{GeneratedPart.Begin}\n\nnew\n\n{GeneratedPart.End}\nafter\n", once);
        Assert.Equal(once, GeneratedPart.Replace(once, "new"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(GeneratedPart.Begin)]
    [InlineData(GeneratedPart.End + GeneratedPart.Begin)]
    public void A_document_without_them_is_left_alone(string document) => Assert.Throws<InvalidDataException>(() => GeneratedPart.Replace(document, "new"));
}
