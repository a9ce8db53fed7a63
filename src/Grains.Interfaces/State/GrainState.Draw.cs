using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>Where a draw stands.</summary>
[JsonConverter(typeof(KebabCase<DrawStatus>))]
public enum DrawStatus
{
    /// <summary>Everything is fixed but the seed.</summary>
    Announced,

    /// <summary>The seed is known, and with it who wins; the visits are being ordered.</summary>
    Executed,

    /// <summary>Every visit is ordered.</summary>
    Completed,

    /// <summary>The visits are over; the record is open to everyone.</summary>
    Opened,
}

/// <summary>What a draw waits for.</summary>
[JsonConverter(typeof(KebabCase<DrawStep>))]
public enum DrawStep
{
    /// <summary>Another person than announced it has to approve it.</summary>
    Approval,

    /// <summary>It has to be made, once its public value is known.</summary>
    Execution,

    /// <summary>What it drew has to be ordered. It goes on by itself; what stays here could not be ordered, and the job <c>draws</c> says why.</summary>
    Orders,

    /// <summary>What was ordered has to be over before its record is opened.</summary>
    Opening,
}

/// <summary>How the seed of a draw came about.</summary>
/// <param name="At">When.</param>
/// <param name="Secret">The secret that was committed to, in lower-case hex.</param>
/// <param name="PublicValues">The public values, in order.</param>
/// <param name="TreeSize">The number of events of the ledger up to the batch of the announcement.</param>
/// <param name="Root">The root of the ledger at that size, in lower-case hex.</param>
/// <param name="Seed">The seed, in lower-case hex.</param>
public sealed record DrawExecution(
    DateTimeOffset At, string Secret, IReadOnlyList<string> PublicValues, long TreeSize, string Root, string Seed);

/// <summary>What came of a draw.</summary>
/// <param name="Winners">How many are checked.</param>
/// <param name="Skipped">How many winners were skipped.</param>
/// <param name="Unfilled">How many of them nobody followed.</param>
/// <param name="Visits">How many visits there are.</param>
/// <param name="Unassigned">How many of them have no inspectors.</param>
/// <param name="Record">SHA-256 of the whole record, in lower-case hex.</param>
public sealed record DrawCompletion(int Winners, int Skipped, int Unfilled, int Visits, int Unassigned, string Record);

public abstract partial record GrainState
{
    /// <summary>抽签: a draw of spot checks, from its announcement to the opening of its record.</summary>
    public sealed record Draw : GrainState
    {
        /// <summary>What was announced.</summary>
        public required DrawAnnouncement Announcement { get; init; }

        /// <summary>The civil date of the announcement.</summary>
        public required DateOnly AnnouncedOn { get; init; }

        /// <summary>Who announced it (pseudonym).</summary>
        public required string AnnouncedBy { get; init; }

        /// <summary>Where it stands.</summary>
        public DrawStatus Status { get; init; }

        /// <summary>Whether the policy asks that somebody else approves it before it is made.</summary>
        public bool ApprovalNeeded { get; init; }

        /// <summary>Who approved it (pseudonym); null: nobody yet.</summary>
        public string? ApprovedBy { get; init; }

        /// <summary>How the seed came about; null before.</summary>
        public DrawExecution? Execution { get; init; }

        /// <summary>How many rounds of winners had their skipped ones recorded.</summary>
        public int Rounds { get; init; }

        /// <summary>What came of it; null before every visit was ordered.</summary>
        public DrawCompletion? Completion { get; init; }

        /// <summary>The civil date since which the record is open to everyone.</summary>
        public DateOnly? OpenedOn { get; init; }
    }
}
