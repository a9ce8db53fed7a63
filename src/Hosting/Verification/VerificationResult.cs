namespace Supervision.Hosting.Verification;

/// <summary>What a whole verification found.</summary>
/// <param name="Seq">The ledger as of which everything was compared.</param>
/// <param name="Root">The root of the Merkle tree over the events that are there, recomputed.</param>
/// <param name="First">The first difference; null: everything follows from the events.</param>
/// <param name="Strays">Files among the documents that are none; they stand in nobody's way.</param>
/// <param name="Unnamed">How many documents are stored that no event names, not counting what came first to a difference.</param>
public sealed record VerificationResult(long Seq, byte[] Root, Difference? First, IReadOnlyList<string> Strays, long Unnamed);

/// <summary>How far a verification is.</summary>
/// <param name="Done">Rows compared in this phase.</param>
/// <param name="Total">Rows to be compared in this phase.</param>
/// <param name="Phase">What is being compared.</param>
public readonly record struct VerificationProgress(long Done, long Total, VerificationPhase Phase);

/// <summary>What is compared, in this order.</summary>
public enum VerificationPhase
{
    /// <summary>Every event with its leaf and every batch with its root.</summary>
    Tree,

    /// <summary>Every state, column, title and wake-up with what follows from the grain's events.</summary>
    States,

    /// <summary>Every recorded outcome of a command and every private text with the events.</summary>
    Outcomes,

    /// <summary>Every draw with the root that it was made with and with its stored record.</summary>
    Draws,

    /// <summary>Every document with its name and with the events that name it.</summary>
    Documents,
}

/// <summary>Something that is not what follows from the events.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="Seq">The place in the ledger, where there is one.</param>
/// <param name="Subject">The grain, batch or command concerned, where there is one.</param>
/// <param name="Expected">What follows from the events; of long texts the part around the first differing character.</param>
/// <param name="Found">What is there.</param>
public sealed record Difference(DifferenceKind Kind, long? Seq, string? Subject, string Expected, string Found)
{
    private const int ExcerptLength = 60;

    // So much before the first differing character tells where in the text it stands.
    private const int ExcerptLead = 20;

    /// <summary>A difference of two texts, cut to where they part.</summary>
    internal static Difference OfTexts(DifferenceKind kind, long? seq, string? subject, string expected, string found)
    {
        var same = expected.AsSpan().CommonPrefixLength(found);
        return new Difference(kind, seq, subject, Excerpt(expected, same), Excerpt(found, same));
    }

    private static string Excerpt(string text, int at)
    {
        var start = Math.Max(0, at - ExcerptLead);
        var end = Math.Min(text.Length, at + ExcerptLength);
        return (start > 0 ? "…" : "") + text[start..end] + (end < text.Length ? "…" : "");
    }
}

/// <summary>Kinds of differences.</summary>
public enum DifferenceKind
{
    /// <summary>A seq between 1 and the head has no event, or there is one beyond the head.</summary>
    Sequence,

    /// <summary>The hash of an event's leaf is not the one stored with it.</summary>
    Leaf,

    /// <summary>A batch does not begin where the one before ends.</summary>
    BatchRange,

    /// <summary>The root of a batch is not the root of the events up to its end.</summary>
    BatchRoot,

    /// <summary>The head does not stand at the last event, or not with its frontier.</summary>
    Head,

    /// <summary>The events are not those of the last signed checkpoint.</summary>
    Checkpoint,

    /// <summary>A hash over several events that the log keeps is not theirs.</summary>
    LogNode,

    /// <summary>An identity is none.</summary>
    Grain,

    /// <summary>The events of a grain are not numbered one by one, or not linked each to the one before.</summary>
    Chain,

    /// <summary>The stored text of an event is not what the event is written as.</summary>
    Data,

    /// <summary>The events of a grain cannot follow each other.</summary>
    Fold,

    /// <summary>A grain has a state without events, or events without a state.</summary>
    Entity,

    /// <summary>The version or last seq of a grain is not that of its last event.</summary>
    Version,

    /// <summary>A state is not what the grain's events make.</summary>
    State,

    /// <summary>A column does not follow from the state.</summary>
    Column,

    /// <summary>A grain's titles do not follow from its state.</summary>
    Title,

    /// <summary>The open checks and cases of a grain do not follow from its state.</summary>
    Work,

    /// <summary>A grain's wake-up does not follow from its state.</summary>
    WakeUp,

    /// <summary>What a grain's restriction withholds does not follow from its state.</summary>
    Restriction,

    /// <summary>What lists and searches look in is not what the columns are.</summary>
    Register,

    /// <summary>The recorded outcome of a command does not fit its events, or is missing.</summary>
    Outcome,

    /// <summary>A private text is not the one whose hash is in its event.</summary>
    PrivateText,

    /// <summary>A draw was made with another root than the ledger had, or its stored record is not the one whose hash is in the ledger.</summary>
    Draw,

    /// <summary>A document that an event names is not stored, or its content is missing or not what its name says.</summary>
    Document,
}
