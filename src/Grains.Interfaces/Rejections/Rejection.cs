namespace Supervision;

/// <summary>What a rejection means to whoever sent the command.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<RejectionClass>))]
public enum RejectionClass
{
    /// <summary>The command itself is wrong, whatever the state.</summary>
    Invalid,

    /// <summary>The actor may not do this here.</summary>
    Forbidden,

    /// <summary>What the command names is not there.</summary>
    NotFound,

    /// <summary>The state does not allow it.</summary>
    Conflict,

    /// <summary>The version that the command was sent for is no longer the current one.</summary>
    Stale,
}

/// <summary>
/// Why a command was refused. A refusal is an answer, not an exception. Codes are public: never reused, never renamed.
/// </summary>
public abstract partial record Rejection
{
    /// <summary>What a source that is silent is cited as.</summary>
    private const string Contract = "contract";

    private Rejection(RejectionClass @class, string code, string article, string detail, string? field = null) =>
        (Class, Code, Article, Detail, Field) = (@class, code, article, detail, field);

    /// <summary>What it means to the sender.</summary>
    public RejectionClass Class { get; }

    /// <summary>The stable code.</summary>
    public string Code { get; }

    /// <summary>The article behind it, or <c>contract</c> where it follows from the interface alone.</summary>
    public string Article { get; }

    /// <summary>What was wrong, in words.</summary>
    public string Detail { get; }

    /// <summary>The member of the command that was wrong, where one was.</summary>
    public string? Field { get; }

    /// <summary>A rejection as it was recorded when it was first given.</summary>
    public sealed record Recorded(RejectionClass Class, string Code, string Article, string Detail, string? Field)
        : Rejection(Class, Code, Article, Detail, Field);
}
