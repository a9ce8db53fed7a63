using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>Who makes a check, and the other open ones of its visit.</summary>
/// <param name="Inspectors">Ids of the inspectors.</param>
/// <param name="Reason">Why these, or why no longer those.</param>
internal sealed record AssignmentBody(IReadOnlyList<string> Inspectors, [property: FreeText] string Reason);

/// <summary>A request for the recusal of an inspector.</summary>
/// <param name="Inspector">The inspector, by id.</param>
/// <param name="Reason">Why; can be erased.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record RecusalBody(string Inspector, [property: FreeText] string Reason, IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>The decision about a recusal.</summary>
/// <param name="Inspector">The inspector, by id.</param>
/// <param name="Accepted">Whether another one comes.</param>
/// <param name="Reason">Why.</param>
/// <param name="Replacement">Who comes instead, where it is accepted.</param>
internal sealed record RecusalDecisionBody(string Inspector, bool Accepted, [property: FreeText] string Reason, string? Replacement = null);

/// <summary>An entry as it was scanned.</summary>
/// <param name="At">When; now, when left out.</param>
/// <param name="Inspector">Who scanned it, where an officer enters it.</param>
internal sealed record EntryBody(DateTimeOffset? At = null, string? Inspector = null);

/// <summary>An exit as it was scanned.</summary>
/// <param name="At">When; now, when left out.</param>
internal sealed record ExitBody(DateTimeOffset? At = null);

/// <summary>Whether the holder signed the record.</summary>
/// <param name="On">The date.</param>
/// <param name="HolderSigned">Whether it was signed.</param>
/// <param name="Reason">Why it was not.</param>
/// <param name="Documents">The record, by its SHA-256.</param>
internal sealed record RecordBody(DateOnly On, bool HolderSigned, [property: FreeText] string? Reason = null, IReadOnlyList<string>? Documents = null) : INamesDocuments, IChecked
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (HolderSigned && Reason is not null)
            errors.Add("reason", "What was signed needs no reason.");
    }
}

/// <summary>An objection to a result.</summary>
/// <param name="Text">What is wrong; can be erased.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record ObjectionBody([property: FreeText] string Text, IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>The decision about an objection.</summary>
/// <param name="Upheld">Whether the holder is right; the result is then corrected as any other.</param>
/// <param name="Reason">Why.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record ObjectionDecisionBody(bool Upheld, [property: FreeText] string Reason, IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>A visit of another department.</summary>
/// <param name="Department">The department.</param>
/// <param name="Basis">Random, or directed with a reason.</param>
/// <param name="Reason">Reason of a directed one.</param>
/// <param name="DueBy">Last day of a planned one.</param>
/// <param name="On">The day on which it was made; left out of a planned one.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record VisitBody(
    string Department, CheckBasis Basis, [property: FreeText] string? Reason = null, DateOnly? DueBy = null, DateOnly? On = null, IReadOnlyList<string>? Documents = null)
    : INamesDocuments, IChecked
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (DueBy is null == On is null)
            errors.Add(On is null ? "dueBy" : "on", "Give 'dueBy' for a planned visit, or 'on' for one that was made.");
    }
}

/// <summary>That a visit was made.</summary>
/// <param name="On">The day.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record VisitCompletionBody(DateOnly On, IReadOnlyList<string>? Documents = null) : INamesDocuments;
