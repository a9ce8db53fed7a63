using System.ComponentModel.DataAnnotations;
using Supervision.Ledger.Log;

namespace Supervision.Hosting.Log;

/// <summary>The public log over the ledger.</summary>
public sealed class LogOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Log";

    /// <summary>
    /// The name of the log, under which it is known and signs; by custom its address without the scheme, for example
    /// <c>supervision.example.gov.cn/log</c>. It is part of every key and never changes. Default: one is made at the first start.
    /// </summary>
    public string? Origin { get; set; }

    /// <summary>
    /// Milliseconds between two looks at whether there is something new to be signed. Shorter ones let proofs come sooner and cost a
    /// signature and two synced files each. Default: 500.
    /// </summary>
    [Range(10, 60_000)]
    public int CheckpointIntervalMilliseconds { get; set; } = 500;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Origin is not null && !NoteVerifier.IsName(Origin))
            yield return new ValidationResult($"'{Origin}' has to be without white space and plus.", [nameof(Origin)]);
    }
}
