namespace Supervision.Api.Binding;

/// <summary>A body that names documents.</summary>
internal interface INamesDocuments
{
    /// <summary>Their names; null without any.</summary>
    IReadOnlyList<string>? Documents { get; }
}

/// <summary>What names of documents have to be like.</summary>
internal static class DocumentNames
{
    public static void CheckDocuments(this INamesDocuments body, Errors errors)
    {
        if (body.Documents is not { } documents)
            return;
        if (documents.Count > DocumentHash.CountMax)
        {
            errors.Add("documents", $"Has at most {DocumentHash.CountMax} items.");
            return;
        }

        for (var i = 0; i < documents.Count; i++)
        {
            if (!DocumentHash.IsValid(documents[i]))
                errors.Add($"documents[{i}]", DocumentHash.Form);
            else if (documents.Take(i).Contains(documents[i]))
                errors.Add($"documents[{i}]", "Is named before.");
        }
    }
}
