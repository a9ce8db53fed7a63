namespace Supervision.Hosting.Imports;

/// <summary>What is wrong with a row.</summary>
/// <param name="Column">The column; null: the row as a whole.</param>
/// <param name="Code">A stable code.</param>
/// <param name="Message">What was expected.</param>
internal readonly record struct RowError(string? Column, string Code, string Message);

/// <summary>A row that was read: a command for a grain, or what is wrong with it.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Command">The command; null where something is wrong.</param>
/// <param name="Errors">What is wrong.</param>
internal sealed record ListedRow(GrainId Grain, GrainCommand? Command, IReadOnlyList<RowError> Errors)
{
    /// <summary>The command, where the row is of a list of entities.</summary>
    public GrainCommand.ImportListing? Listing => Command as GrainCommand.ImportListing;

    /// <summary>Whether the row rests on rows before it, so that it has to wait for them.</summary>
    public bool InOrder { get; init; }

    /// <summary>The status that the row gives the title, where that is not what a grant gives it: such a title can only be there already.</summary>
    public string? OtherStatus { get; init; }

    /// <summary>The enterprise that is known by its name only and is the one that the row has by its credit code, if it is registered.</summary>
    public GrainId? SameByName { get; init; }
}

/// <summary>Reads the rows of a list of one format.</summary>
internal abstract class ListReader(ListHeader header)
{
    /// <summary>Reads a row.</summary>
    public ListedRow Read(string line)
    {
        if (line.Length > ImportFile.LineCharactersMax)
            return Unreadable(null, "row-too-long", $"A row has at most {ImportFile.LineCharactersMax} characters.");
        if (CsvLine.Parse(line) is not { } cells)
            return Unreadable(null, "unclosed-quote", "A quote is not closed in this row.");
        return cells.Length == header.Columns.Count
            ? Read(new ListCells(header, cells))
            : Unreadable(null, "wrong-cell-count", $"The row has {cells.Length} cells; the header has {header.Columns.Count}.");
    }

    /// <summary>The column that a refusal speaks of; null: the row as a whole.</summary>
    public string? ColumnOf(Rejection rejection)
    {
        var column = ColumnOf(rejection switch
        {
            // Elsewhere the address or the title says what these are about, so no member of the command does; in a list it is a cell.
            Rejection.NotRegistered or Rejection.Merged => "key",
            Rejection.OutOfScope => "region",
            Rejection.NotIssuingAuthority => "level",
            _ => rejection.Field,
        });
        return column is not null && header.PlaceOf(column) >= 0 ? column : null;
    }

    /// <summary>The column that a member of the command came from; null: the row as a whole.</summary>
    public abstract string? ColumnOf(string? member);

    protected abstract ListedRow Read(ListCells cells);

    /// <summary>Passes by a row that cannot be told apart into cells; the grain that its place stands for, if it stands for one.</summary>
    protected virtual GrainId PassBy() => default;

    private ListedRow Unreadable(string? column, string code, string message) => new(PassBy(), null, [new RowError(column, code, message)]);
}
