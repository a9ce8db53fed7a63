using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Supervision.Grains.Views;
using Supervision.Ledger.Load;

namespace Supervision.Hosting.Feed;

/// <summary>Makes of events what is told of them (docs/integrators.md). Members that are absent are null.</summary>
/// <param name="address">Where the public pages are.</param>
/// <param name="merges">The merges of the entities, and of the enterprises behind them.</param>
/// <param name="withheld">The grains that are named by data and withheld from those outside.</param>
internal sealed class FeedItems(
    PublicAddress address, Merges merges, IReadOnlySet<GrainId> withheld) : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new(2048);
    private readonly Utf8JsonWriter _writer = new(Stream.Null, Options);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <summary>The item that tells of an event.</summary>
    public FeedItem Of(ReplayedEvent replayed)
    {
        var (grain, stored) = replayed.Told;
        var @class = EventClasses.Of(stored.Type);
        using var document = JsonDocument.Parse(stored.Data);
        var data = document.RootElement;
        var title = replayed.After is null ? null : EventTitles.Of(data, replayed.After);
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        WriteOpen(stored, grain, @class);
        if (replayed.After is { } subject)
        {
            WriteEntity(grain, subject, stored.Seq);
            WriteTitle("title", title);
            WriteDecision(grain, subject, @class, data);
            if (stored.Type == "entity.released")
                WriteTitles(subject.Titles);
        }
        else
        {
            _writer.WriteNull("entity");
            _writer.WriteNull("title");
            _writer.WriteNull("decision");
        }

        if (replayed.Corrects is { } corrects)
            _writer.WriteNumber("corrects", corrects);
        else
            _writer.WriteNull("corrects");
        WriteData(stored, grain);
        _writer.WriteStartArray("earlier");
        foreach (var earlier in replayed.Earlier)
        {
            _writer.WriteStartObject();
            WriteOpen(earlier, grain, EventClasses.Of(earlier.Type));
            WriteData(earlier, grain);
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.Flush();
        return new FeedItem(stored.Seq, stored.Type, @class, grain, stored.At, ScopeOf(grain, replayed, title), _buffer.WrittenSpan.ToArray());
    }

    private FeedScope ScopeOf(GrainId grain, ReplayedEvent replayed, Title? title)
    {
        IReadOnlyList<string> earlier = [.. replayed.Earlier.Select(stored => stored.Type)];
        return replayed.After is { } subject
            ? new FeedScope(
                subject.Region,
                title is not null ? [title.Ref] : [.. subject.Titles.Select(held => held.Ref)],
                [.. merges.IdentitiesOf(grain), .. subject.Enterprise is { } enterprise ? merges.IdentitiesOf(enterprise) : []],
                earlier)
            : new FeedScope(null, [], [grain], earlier);
    }

    private void WriteOpen(StoredEvent stored, GrainId grain, EventClass @class)
    {
        _writer.WriteNumber("seq", stored.Seq);
        _writer.WriteString("type", stored.Type);
        _writer.WriteString("class", KebabCase<EventClass>.Word(@class));
        _writer.WriteString("subject", grain.Value);
        _writer.WriteString("at", InstantConverter.Format(stored.At));
        WriteDate("effectiveOn", stored.EffectiveOn);
    }

    private void WriteEntity(GrainId grain, GrainState.Subject subject, long seq)
    {
        _writer.WriteStartObject("entity");
        _writer.WriteString("name", subject.Name);
        _writer.WriteStartArray("formerNames");
        foreach (var former in (subject.Names ?? []).Where(other => other.Status == NameStatus.Former))
            _writer.WriteStringValue(former.Name);
        _writer.WriteEndArray();
        _writer.WriteString("creditCode", (grain.Kind == GrainKind.Enterprise ? grain : subject.Enterprise) is { } enterprise ? merges.CreditCodeOf(enterprise, seq) : null);
        _writer.WriteString("region", subject.Region);
        _writer.WriteString("standing", KebabCase<Standing>.Word(EntityViews.StandingOf(subject)));
        _writer.WriteString("link", address.PageOf(grain));
        _writer.WriteEndObject();
    }

    private void WriteTitle(string member, Title? title)
    {
        if (title is null)
        {
            _writer.WriteNull(member);
            return;
        }

        _writer.WritePropertyName(member);
        WriteTitle(title);
    }

    private void WriteTitle(Title title)
    {
        _writer.WriteStartObject();
        _writer.WriteString("policy", title.Ref.Policy);
        _writer.WriteString("honour", title.Ref.Honour);
        _writer.WriteString("level", KebabCase<Level>.Word(title.Ref.Level));
        _writer.WriteString("authority", title.Authority);
        _writer.WriteString("status", KebabCase<TitleStatus>.Word(title.Status));
        WriteDate("since", title.Since);
        _writer.WriteEndObject();
    }

    private void WriteTitles(IReadOnlyList<Title> titles)
    {
        _writer.WriteStartArray("titles");
        foreach (var title in titles)
            WriteTitle(title);
        _writer.WriteEndArray();
    }

    private void WriteDecision(GrainId grain, GrainState.Subject subject, EventClass @class, JsonElement data)
    {
        if (@class != EventClass.Decision)
        {
            _writer.WriteNull("decision");
            return;
        }

        var decided = EventTitles.CaseOf(data, subject);
        _writer.WriteStartObject("decision");
        _writer.WriteString("number", EventTitles.Text(data, "number") ?? decided?.Decision?.Number);
        _writer.WriteString("ground", EventTitles.Text(data, "ground") ?? EventTitles.Text(data, "trigger") ?? decided?.Ground);
        _writer.WriteString("article", EventTitles.Text(data, "article") ?? decided?.Article);
        _writer.WriteString("link", address.PageOf(grain));
        _writer.WriteEndObject();
    }

    private void WriteData(StoredEvent stored, GrainId grain)
    {
        if (withheld.Count > 0 && OutsideEvents.GrainsIn(stored.Data, grain).Overlaps(withheld))
        {
            _writer.WriteNull("data");
            return;
        }

        _writer.WritePropertyName("data");
        _writer.WriteRawValue(OutsideEvents.DataOf(stored.Type, stored.Data, toReceiver: false), skipInputValidation: true);
    }

    private void WriteDate(string member, DateOnly date) => _writer.WriteString(member, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
