using System.Text.Json;

namespace Supervision.Grains.Tests.Identity;

public sealed class GrainIdTests
{
    [Theory]
    [InlineData("factory/N-1-F-0001", "factory", "N-1-F-0001")]
    [InlineData("factory/a.b_c-9", "factory", "a.b_c-9")]
    [InlineData("enterprise/91350100M000100Y43", "enterprise", "91350100M000100Y43")]
    [InlineData("enterprise/u-0123456789abcdef", "enterprise", "u-0123456789abcdef")]
    [InlineData("policy/miit-2016", "policy", "miit-2016")]
    [InlineData("calendar/cn", "calendar", "cn")]
    public void Kind_and_key_are_read(string text, string kind, string key)
    {
        Assert.True(GrainId.TryParse(text, out var id));
        Assert.Equal((kind, key, text), (id.Kind.Name, id.Key, id.Value));
        Assert.Equal(GrainId.Of(id.Kind, id.Key), id);
        Assert.Equal(id, JsonSerializer.Deserialize<GrainId>(JsonSerializer.Serialize(id)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("factory")]
    [InlineData("factory/")]
    [InlineData("/N-1-F-0001")]
    [InlineData("Factory/N-1-F-0001")]
    [InlineData("forest/N-1-F-0001")]
    [InlineData("factory/N-1/F-0001")]
    [InlineData("factory/-1")]
    [InlineData("factory/..")]
    [InlineData("factory/N 1")]
    [InlineData("factory/N-1\n")]
    [InlineData("factory/京")]
    [InlineData("factory/１")]
    [InlineData("factory/12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("enterprise/91350100M000100Y44")]
    [InlineData("enterprise/u-0123456789ABCDEF")]
    [InlineData("enterprise/u-0123456789abcde")]
    [InlineData("policy/MIIT-2016")]
    public void Another_form_is_refused(string? text)
    {
        Assert.False(GrainId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void An_identity_is_not_made_of_a_key_of_another_form() =>
        Assert.Throws<ArgumentException>(() => GrainId.Of(GrainKind.Enterprise, "N-1-F-0001"));

    [Fact]
    public void Identities_are_ordered_by_their_bytes()
    {
        var (upper, lower) = (GrainId.Of(GrainKind.Factory, "B"), GrainId.Of(GrainKind.Factory, "a"));

        Assert.True(upper < lower);
        Assert.True(lower >= upper);
    }
}
