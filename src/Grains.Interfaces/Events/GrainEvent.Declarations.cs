using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>The declaration asked for next under a policy; without a round: none any more.</summary>
    public sealed record DeclarationExpected(DateOnly EffectiveOn, string Policy, string? Round, int? Year, DateOnly? Opens, DateOnly? Due) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "declaration.expected";
    }

    /// <summary>A declaration was filed; <c>number</c> counts its versions, <c>next</c> is asked for from now on.</summary>
    public sealed record DeclarationFiled(
        DateOnly EffectiveOn, string Declaration, string Policy, string Round, int Year, DateOnly Due, int Number, bool Late, string? Standard,
        IReadOnlyList<DeclaredIndicator> Indicators, decimal? Score, string? Reference, ExpectedDeclaration? Next) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "declaration.filed";
    }

    /// <summary>A declaration was sent back to be filed again by a day.</summary>
    public sealed record DeclarationReturned(DateOnly EffectiveOn, string Declaration, string Reason, DateOnly DueBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "declaration.returned";
    }

    /// <summary>A declaration was taken as it is; the score is the authority's, where it has another than the one declared.</summary>
    public sealed record DeclarationAccepted(DateOnly EffectiveOn, string Declaration, decimal? Score) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "declaration.accepted";
    }

    /// <summary>The last day of a declaration, or of one that was returned, passed without a filing; <c>next</c> is asked for from now on.</summary>
    public sealed record DeclarationOverdue(
        DateOnly EffectiveOn, string Declaration, string Policy, string Round, int Year, DateOnly Due, ExpectedDeclaration? Next) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "declaration.overdue";
    }

    /// <summary>The written demand for an overdue declaration was served.</summary>
    public sealed record DeclarationDemanded(DateOnly EffectiveOn, string Declaration, string Method, DateOnly DueBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "declaration.demanded";
    }

    /// <summary>The last day of the written demand passed without a filing.</summary>
    public sealed record DeclarationRefused(DateOnly EffectiveOn, string Declaration) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "declaration.refused";
    }

    /// <summary>A title was ranked after a round; without a grade: nothing was filed that could be.</summary>
    public sealed record TitleGraded(DateOnly EffectiveOn, TitleRef Title, string Round, int Year, string? Grade, decimal? Score, bool Lowest) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.graded";
    }
}
