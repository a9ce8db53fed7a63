using Npgsql;
using Supervision.Ledger.Documents;

namespace Supervision.Hosting.Verification;

/// <summary>Every document that an event names is stored, and every stored one has the content that its name says.</summary>
internal static class DocumentVerification
{
    // Within a text the quotes would be escaped, so this finds the member and nothing else.
    private const string NamedSql = """
        SELECT document, min(seq) FROM (
            SELECT jsonb_array_elements_text(data::jsonb -> 'documents') AS document, seq FROM ledger WHERE data LIKE '%"documents":[%'
        ) AS named GROUP BY document ORDER BY document COLLATE "C"
        """;

    public static async Task<VerificationResult> RunAsync(
        VerificationSnapshot snapshot, DocumentStore store, DocumentFiles files, VerificationResult verified, IProgress<VerificationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var connection = await snapshot.OpenAsync(cancellationToken);
        var stored = await DocumentStore.AllAsync(connection, cancellationToken);
        var counter = new VerificationCounter(progress, stored.Count, VerificationPhase.Documents);
        var known = stored.Select(document => document.Sha256).ToHashSet();
        var named = await NamedAsync(connection, cancellationToken);
        var first = named.Where(pair => !known.Contains(pair.Key))
            .Select(pair => new Difference(DifferenceKind.Document, pair.Value, pair.Key, "a stored document", "none")).MinBy(missing => missing.Seq);
        foreach (var document in stored)
        {
            first ??= await CompareAsync(files, document, named, cancellationToken);
            if (first is not null)
                break;
            counter.Count();
        }

        counter.Tell();
        return verified with
        {
            First = first,
            Strays = first is null ? await StraysAsync(store, files, known, cancellationToken) : [],
            Unnamed = known.Count(document => !named.ContainsKey(document)),
        };
    }

    private static async Task<Dictionary<string, long>> NamedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(NamedSql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var named = new Dictionary<string, long>();
        while (await reader.ReadAsync(cancellationToken))
            named[reader.GetString(0)] = reader.GetInt64(1);
        return named;
    }

    /// <summary>Files that are no documents. What is being stored while this runs has its file before it is entered, so it is asked again.</summary>
    private static async Task<IReadOnlyList<string>> StraysAsync(DocumentStore store, DocumentFiles files, HashSet<string> known, CancellationToken cancellationToken)
    {
        var unknown = files.All().Where(name => !known.Contains(name)).ToList();
        var stored = await store.StoredAsync([.. unknown.Where(DocumentHash.IsValid)], cancellationToken);
        return [.. unknown.Where(name => !stored.Contains(name)).Order(StringComparer.Ordinal)];
    }

    private static async Task<Difference?> CompareAsync(
        DocumentFiles files, StoredDocument document, Dictionary<string, long> named, CancellationToken cancellationToken)
    {
        long? seq = named.TryGetValue(document.Sha256, out var first) ? first : null;
        await using var file = files.Open(document.Sha256);
        if (file is null)
            return new Difference(DifferenceKind.Document, seq, document.Sha256, $"{document.Bytes} bytes", "no file");
        if (file.Length != document.Bytes)
            return new Difference(DifferenceKind.Document, seq, document.Sha256, $"{document.Bytes} bytes", $"{file.Length} bytes");
        var found = await DocumentFiles.HashAsync(file, cancellationToken);
        return found == document.Sha256 ? null : new Difference(DifferenceKind.Document, seq, document.Sha256, document.Sha256, found);
    }
}
