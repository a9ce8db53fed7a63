using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>The stored form of events is hashed and never rewritten, so it may only grow by new names and members.</summary>
public sealed class StoredFormTests
{
    private const string UpdateVariable = "UPDATE_GOLDEN";

    public static TheoryData<string> Samples => [.. EventSamples.All.Keys];

    [Fact]
    public void Every_event_has_a_sample() =>
        Assert.Equal(LedgerJson.EventNames, EventSamples.All.Values.Select(sample => sample.Type).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Samples))]
    public void An_event_that_was_stored_is_read_back_as_it_was(string sample)
    {
        var @event = EventSamples.All[sample];
        var text = Encoding.UTF8.GetString(LedgerJson.Write(@event));

        var read = LedgerJson.ReadEvent(@event.Type, text, @event.EffectiveOn);

        Assert.Equal((@event.GetType(), @event.Type, @event.EffectiveOn), (read.GetType(), read.Type, read.EffectiveOn));
        Assert.Equal(text, Encoding.UTF8.GetString(LedgerJson.Write(read)));
        foreach (var property in PropertiesOf(@event))
            Assert.Equivalent(property.GetValue(@event), property.GetValue(read), strict: true);
    }

    [Fact]
    public void Names_and_members_are_those_of_the_golden_file() => GoldenFile.Matches(
        "events.golden.txt", EventSamples.All.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {Encoding.UTF8.GetString(LedgerJson.Write(pair.Value))}"), UpdateVariable);

    [Fact]
    public void The_effective_date_and_the_name_are_stored_beside_the_event_not_in_it() => Assert.All(EventSamples.All.Values, @event =>
    {
        using var json = JsonDocument.Parse(LedgerJson.Write(@event));
        Assert.DoesNotContain(json.RootElement.EnumerateObject(), member => member.Name is "effectiveOn" or "type");
    });

    [Fact]
    public void A_private_text_is_stored_as_its_hash_alone()
    {
        var text = Encoding.UTF8.GetString(LedgerJson.Write(new GrainEvent.StatementReceived(Ask.Day("2026-06-15"), "case-1", PrivateText.Of("secret", new byte[16]))));

        Assert.Equal($$$"""{"case":"case-1","text":{"sha256":"{{{PrivateText.HashOf("secret", new byte[16])}}}"}}""", text);
    }

    [Fact]
    public void An_unknown_name_or_form_is_an_error()
    {
        Assert.Throws<JsonException>(() => LedgerJson.ReadEvent("title.exploded", "{}", default));
        Assert.Throws<JsonException>(() => LedgerJson.ReadEvent("check.approved", "null", default));
        Assert.Throws<JsonException>(() => LedgerJson.ReadEvent("check.ordered", """{"basis":"RANDOM"}""", default));
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(GrainEvent @event) =>
        @event.GetType().GetProperties().Where(property => property.PropertyType != typeof(PrivateText));
}
