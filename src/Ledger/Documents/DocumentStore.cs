using Npgsql;
using NpgsqlTypes;

namespace Supervision.Ledger.Documents;

/// <summary>A stored document with what is known of it.</summary>
/// <param name="Document">The document.</param>
/// <param name="StoredAt">When it was stored.</param>
/// <param name="Name">What whoever brought it first calls it, or null.</param>
public sealed record KnownDocument(StoredDocument Document, DateTimeOffset StoredAt, string? Name);

/// <summary>Which documents are stored, and who brought them.</summary>
public sealed class DocumentStore(NpgsqlDataSource dataSource)
{
    private const string InsertSql = "INSERT INTO document (hash, bytes, media_type, stored_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    private const string UploadSql = "INSERT INTO document_upload (hash, person_id, name, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    private const string TypeSql = "SELECT media_type FROM document WHERE hash = $1";

    private const string KnownSql = """
        SELECT hash, bytes, media_type, stored_at, (SELECT name FROM document_upload AS upload WHERE upload.hash = document.hash ORDER BY number LIMIT 1)
        FROM document WHERE hash = ANY ($1)
        """;

    private const string StoredSql = "SELECT hash FROM document WHERE hash = ANY ($1)";

    private const string BroughtSql = "SELECT hash FROM document_upload WHERE hash = ANY ($1) AND person_id = $2";

    private const string BytesSql = """
        SELECT coalesce(sum(bytes), 0)::bigint FROM document_upload JOIN document USING (hash) WHERE person_id = $1 AND at > $2
        """;

    private const string AllSql = "SELECT hash, bytes, media_type FROM document ORDER BY hash";

    /// <summary>Enters a document whose content is stored; one that is entered already stays as it is.</summary>
    /// <returns>The document as it is entered, and whether it was not before.</returns>
    public async Task<(StoredDocument Document, bool IsNew)> EnterAsync(
        StoredDocument document, string personId, string? name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        var hash = Convert.FromHexString(document.Sha256);
        await using var batch = dataSource.CreateBatch();
        var insert = Add(batch, InsertSql, hash);
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = document.Bytes });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = document.MediaType });
        insert.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        var upload = Add(batch, UploadSql, hash);
        upload.Parameters.Add(new NpgsqlParameter<string> { TypedValue = personId });
        upload.Parameters.Add(new NpgsqlParameter { Value = (object?)name ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        upload.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        Add(batch, TypeSql, hash);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (document with { MediaType = reader.GetString(0) }, insert.RecordsAffected == 1);
    }

    /// <summary>What is known of documents; those that are not stored are absent.</summary>
    public async Task<IReadOnlyDictionary<string, KnownDocument>> FindAsync(IReadOnlyCollection<string> documents, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(KnownSql);
        command.Parameters.Add(HashesOf(documents));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var known = new Dictionary<string, KnownDocument>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var document = new StoredDocument(NameOf(reader), reader.GetString(2), reader.GetInt64(1));
            known[document.Sha256] = new KnownDocument(
                document, reader.GetFieldValue<DateTimeOffset>(3), await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetString(4));
        }

        return known;
    }

    /// <summary>Those of some documents that are stored.</summary>
    public Task<IReadOnlySet<string>> StoredAsync(IReadOnlyCollection<string> documents, CancellationToken cancellationToken) =>
        NamesAsync(StoredSql, documents, personId: null, cancellationToken);

    /// <summary>Those of some documents that a person brought.</summary>
    public Task<IReadOnlySet<string>> BroughtByAsync(IReadOnlyCollection<string> documents, string personId, CancellationToken cancellationToken) =>
        NamesAsync(BroughtSql, documents, personId, cancellationToken);

    /// <summary>Bytes of the documents that a person brought since an instant.</summary>
    public async Task<long> BytesSinceAsync(string personId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(BytesSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = personId });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = since.UtcDateTime });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Every document, in the order of names.</summary>
    public async Task<IReadOnlyList<StoredDocument>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await AllAsync(connection, cancellationToken);
    }

    /// <summary>Every document as a connection sees them, in the order of names.</summary>
    public static async Task<IReadOnlyList<StoredDocument>> AllAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(AllSql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var documents = new List<StoredDocument>();
        while (await reader.ReadAsync(cancellationToken))
            documents.Add(new StoredDocument(NameOf(reader), reader.GetString(2), reader.GetInt64(1)));
        return documents;
    }

    private async Task<IReadOnlySet<string>> NamesAsync(string sql, IReadOnlyCollection<string> documents, string? personId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(HashesOf(documents));
        if (personId is not null)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = personId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new HashSet<string>();
        while (await reader.ReadAsync(cancellationToken))
            names.Add(NameOf(reader));
        return names;
    }

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql, byte[] hash)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        batch.BatchCommands.Add(command);
        return command;
    }

    private static NpgsqlParameter<byte[][]> HashesOf(IReadOnlyCollection<string> documents) => new() { TypedValue = [.. documents.Select(Convert.FromHexString)] };

    private static string NameOf(NpgsqlDataReader reader) => Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(0));
}
