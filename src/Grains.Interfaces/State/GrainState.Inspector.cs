using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainState
{
    /// <summary>An inspector (执法人员) in the register of inspectors; the key of the grain is the public service number.</summary>
    public sealed record Inspector : GrainState
    {
        /// <summary>Most fields of expertise.</summary>
        public const int FieldsMax = 20;

        /// <summary>Most characters of a field of expertise.</summary>
        public const int FieldLengthMax = 100;

        /// <summary>The name; private, so that it can be erased.</summary>
        public required PrivateText Name { get; init; }

        /// <summary>Where it inspects, by codes; none: everywhere.</summary>
        public IReadOnlyList<string> Regions { get; init; } = [];

        /// <summary>Last day of the certificate by which it may inspect (行政执法证).</summary>
        public required DateOnly CertificateValidUntil { get; init; }

        /// <summary>Fields of expertise.</summary>
        public IReadOnlyList<string> Fields { get; init; } = [];

        /// <summary>Enterprises that it does not inspect, in the order in which they were recorded, those that ended among them.</summary>
        public IReadOnlyList<InspectorConflict> Conflicts { get; init; } = [];

        /// <summary>When it was registered.</summary>
        public required DateOnly RegisteredOn { get; init; }

        /// <summary>Since when and why it inspects no more; null: it does.</summary>
        public InspectorRetirement? Retirement { get; init; }

        /// <summary>The conflicts that stand.</summary>
        [JsonIgnore]
        public IEnumerable<InspectorConflict> OpenConflicts => Conflicts.Where(conflict => conflict.EndedOn is null);
    }
}

/// <summary>An enterprise that an inspector has to keep away from (回避).</summary>
/// <param name="Id">For example <c>conflict-1</c>.</param>
/// <param name="Enterprise">The enterprise.</param>
/// <param name="Identities">Other identities of that enterprise, by merges before and after; null without any.</param>
/// <param name="Reason">Why; null where the list of inspectors named it without a word.</param>
/// <param name="On">Since when.</param>
/// <param name="By">Who recorded it (pseudonym).</param>
/// <param name="EndedOn">When it ended; null: it stands.</param>
public sealed record InspectorConflict(
    string Id, GrainId Enterprise, IReadOnlyList<GrainId>? Identities, string? Reason, DateOnly On, string By, DateOnly? EndedOn = null)
{
    /// <summary>The article behind it.</summary>
    public const string Article = "行政处罚法 第四十三条";

    /// <summary>Whether the conflict is with the enterprise of that identity.</summary>
    public bool IsWith(GrainId enterprise) => Enterprise == enterprise || (Identities?.Contains(enterprise) ?? false);
}

/// <summary>That an inspector inspects no more.</summary>
/// <param name="On">Since when.</param>
/// <param name="Reason">Why.</param>
public sealed record InspectorRetirement(DateOnly On, string Reason);
