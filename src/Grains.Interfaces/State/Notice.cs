using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What a served document tells.</summary>
[JsonConverter(typeof(KebabCase<NoticeKind>))]
public enum NoticeKind
{
    /// <summary>检查通知: that a check will be made.</summary>
    Check,

    /// <summary>告知书: that a decision is intended, and that a statement may be made.</summary>
    Case,

    /// <summary>决定书: what was decided.</summary>
    Decision,

    /// <summary>节能监察通知: that an energy-conservation inspection will be made.</summary>
    EnergyInspection,

    /// <summary>检查结果告知: what a check found.</summary>
    Result,

    /// <summary>限期整改通知书: that violations found by an energy-conservation inspection have to be rectified.</summary>
    EnergyRectification,
}

/// <summary>What identifies a document that is served, as the event of its service says.</summary>
/// <param name="Number">The number of the document, or null.</param>
/// <param name="Authority">The issuing authority: <c>national</c>, or level and region, for example <c>provincial/430000</c>.</param>
/// <param name="Remedies">What the receiver may do about it; null: it is no decision, or none burdens the receiver.</param>
public sealed record ServedDocument(string? Number, string Authority, IReadOnlyList<OpenRemedy>? Remedies = null);

/// <summary>What may be done against a decision (救济途径).</summary>
/// <param name="Name">As the policy names it, for example <c>administrative-review</c>.</param>
/// <param name="Until">The last day, counted from service.</param>
/// <param name="Article">The article that gives it.</param>
public sealed record OpenRemedy(string Name, DateOnly Until, string Article);

/// <summary>A document that was served (送达).</summary>
/// <param name="Document">What identifies it.</param>
/// <param name="ServedOn">The date of service, from which what it sets a term for runs.</param>
/// <param name="Method">How it was served; null where that is not recorded.</param>
/// <param name="Documents">The document itself, by SHA-256; null where none was brought.</param>
public sealed record Notice(ServedDocument Document, DateOnly ServedOn, string? Method, IReadOnlyList<string>? Documents);
