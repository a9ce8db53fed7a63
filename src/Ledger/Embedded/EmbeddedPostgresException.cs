namespace Supervision.Ledger.Embedded;

/// <summary>The embedded PostgreSQL cannot be found, prepared, started or reached. The message says what to do about it.</summary>
public sealed class EmbeddedPostgresException : Exception
{
    /// <summary>An unexplained failure.</summary>
    public EmbeddedPostgresException()
    {
    }

    /// <summary>A failure with its explanation.</summary>
    public EmbeddedPostgresException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its explanation and what caused it.</summary>
    public EmbeddedPostgresException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
