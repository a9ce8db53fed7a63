namespace Supervision;

public abstract partial record GrainState
{
    /// <summary>停摆期: days on which an authority, or what it works with, could not be reached. Confirmed, it moves the deadlines that fall into it.</summary>
    public sealed record Downtime : GrainState
    {
        /// <summary>Whose deadlines, by the code of the region in which they are; null: everywhere.</summary>
        public string? Region { get; init; }

        /// <summary>The first day.</summary>
        public required DateOnly From { get; init; }

        /// <summary>The last day.</summary>
        public required DateOnly To { get; init; }

        /// <summary>The last day that the deadlines have instead.</summary>
        public required DateOnly MovedTo { get; init; }

        /// <summary>What could not be reached, and why.</summary>
        public required string Reason { get; init; }

        /// <summary>The civil date of the declaration.</summary>
        public required DateOnly DeclaredOn { get; init; }

        /// <summary>Who declared it (pseudonym).</summary>
        public required string DeclaredBy { get; init; }

        /// <summary>When a second person confirmed it; null: nothing follows from it yet.</summary>
        public DateTimeOffset? ConfirmedAt { get; init; }

        /// <summary>Who confirmed it (pseudonym).</summary>
        public string? ConfirmedBy { get; init; }
    }
}
