using Npgsql;
using Supervision.Ledger.Documents;

namespace Supervision.Silo.Commands;

/// <summary>Copies the contents of documents into a backup and out of it.</summary>
internal static class DocumentCopies
{
    /// <summary>Copies every document that a database has, and gives their number.</summary>
    /// <exception cref="CommandFailedException">The content of one is missing or was changed: a copy of it would be none.</exception>
    public static async Task<int> CopyAsync(NpgsqlDataSource dataSource, DocumentFiles from, DocumentFiles to, CancellationToken cancellationToken)
    {
        var documents = await new DocumentStore(dataSource).AllAsync(cancellationToken);
        foreach (var document in documents)
        {
            await using var content = from.Open(document.Sha256)
                ?? throw new CommandFailedException($"The content of document {document.Sha256} is missing in {from.Directory}.");
            if (await DocumentFiles.HashAsync(content, cancellationToken) != document.Sha256)
                throw new CommandFailedException($"The content of document {document.Sha256} in {from.Directory} is not what its name says.");
            await using var copy = to.Receive();
            await content.CopyToAsync(copy.File, cancellationToken);
            copy.Keep(document.Sha256);
        }

        return documents.Count;
    }
}
