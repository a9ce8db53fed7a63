namespace Supervision.Hosting.Imports;

/// <summary>
/// The project's own format: entities of every kind with their names, enterprise and relations, and their titles, one row
/// a title, or one row for an entity without.
/// </summary>
internal sealed class RegisterRows : ListReader
{
    private static readonly string[] Needed = [RegisterColumn.Kind, RegisterColumn.Key, RegisterColumn.Name];

    private static readonly string[] OfTitle =
    [
        RegisterColumn.Honour, RegisterColumn.LevelName, RegisterColumn.Certificate, RegisterColumn.GrantedOn, RegisterColumn.Evaluator, RegisterColumn.Batch,
        RegisterColumn.Status,
    ];

    private static readonly string[] RiskClasses = ["A", "B", "C", "D"];

    /// <exception cref="ImportRefusedException">A column is missing.</exception>
    public RegisterRows(ListHeader header)
        : base(header) => header.Need(Needed);

    /// <inheritdoc/>
    public override string? ColumnOf(string? member) => member switch
    {
        "grantedOn" => RegisterColumn.GrantedOn,
        "policy" or "honour" or "level" or "name" or "aliases" or "enterprise" or "relations" or "region" or "key" => member,
        "into" => RegisterColumn.Enterprise,
        _ => null,
    };

    protected override ListedRow Read(ListCells cells)
    {
        var name = cells.Name(RegisterColumn.Name);
        var grain = ReadGrain(cells, name);
        var (enterprise, enterpriseName) = ReadEnterprise(cells);
        var riskClass = cells[RegisterColumn.RiskClass] is { Length: > 0 } text ? text : null;
        if (riskClass is not null && !RiskClasses.Contains(riskClass))
            cells.Refuse(RegisterColumn.RiskClass, "unknown-risk-class", $"'{ListCells.Shorten(riskClass)}' is not one of A, B, C, D.");
        var relations = ReadRelations(cells);
        var aliases = ReadAliases(cells);
        var entity = new GrainCommand.Register(
            name, cells.Region(RegisterColumn.Region), cells.Text(RegisterColumn.Industry), riskClass, enterprise, enterpriseName, relations);
        var grant = ReadGrant(cells, out var otherStatus);
        if (cells.HasErrors)
            return new ListedRow(grain, null, cells.Errors);
        // An enterprise that comes with its credit code may be there already, under its name.
        var (code, codeName) = grain.Kind == GrainKind.Enterprise ? (grain, name) : (enterprise ?? default, enterpriseName);
        GrainId? sameByName = codeName is not null && code != default && CreditCode.IsValid(code.Key) ? EntityName.EnterpriseOf(codeName) : null;
        return new ListedRow(grain, new GrainCommand.ImportListing(entity, grant, aliases), [])
        {
            OtherStatus = otherStatus,
            SameByName = sameByName,
            InOrder = relations is not null || sameByName is not null,
        };
    }

    private static GrainId ReadGrain(ListCells cells, string name)
    {
        if (!GrainKind.TryFind(cells[RegisterColumn.Kind], out var kind) || !kind.IsSubject)
        {
            cells.Refuse(
                RegisterColumn.Kind, "unknown-kind",
                $"'{ListCells.Shorten(cells[RegisterColumn.Kind])}' is not one of {string.Join(", ", GrainKind.Subjects.Select(subject => subject.Name))}.");
            return default;
        }

        // The key of an enterprise whose credit code is not known follows from its name.
        return kind == GrainKind.Enterprise && cells[RegisterColumn.Key].Length == 0
            ? EntityName.EnterpriseOf(name)
            : cells.Key(kind, RegisterColumn.Key, cells[RegisterColumn.Key]);
    }

    private static (GrainId? Enterprise, string? Name) ReadEnterprise(ListCells cells)
    {
        var name = cells.Text(RegisterColumn.EnterpriseName);
        if (cells[RegisterColumn.Enterprise] is not { Length: > 0 } key)
            return (null, name);
        if (cells[RegisterColumn.Kind] == GrainKind.Enterprise.Name)
            cells.Refuse(RegisterColumn.Enterprise, "enterprise-of-enterprise", "An enterprise has no enterprise behind it; leave the cell empty.");
        var enterprise = cells.Key(GrainKind.Enterprise, RegisterColumn.Enterprise, key);
        // A key that is made of the name beside it says nothing more than the name.
        return name is not null && enterprise == EntityName.EnterpriseOf(name) ? (null, name) : (enterprise, name);
    }

    private static List<Relation>? ReadRelations(ListCells cells)
    {
        if (cells[RegisterColumn.Relations] is not { Length: > 0 } text)
            return null;
        var relations = new List<Relation>();
        foreach (var part in text.Split(RegisterColumn.Between, StringSplitOptions.TrimEntries))
        {
            if (part.Split(':', 2) is [{ Length: > 0 } type, var to] && GrainId.TryParse(to, out var grain))
                relations.Add(new Relation(type, grain));
            else
                cells.Refuse(RegisterColumn.Relations, "wrong-relation", $"'{ListCells.Shorten(part)}' is not <type>:<kind>/<key>, for example supplier:factory/N-1-F-0001.");
        }

        return relations;
    }

    private static string[]? ReadAliases(ListCells cells)
    {
        if (cells[RegisterColumn.Aliases] is not { Length: > 0 } text)
            return null;
        var aliases = text.Split(RegisterColumn.Between, StringSplitOptions.TrimEntries);
        if (aliases.Any(alias => alias.Length > EntityName.LengthMax || EntityName.Normalise(alias).Length == 0))
            cells.Refuse(RegisterColumn.Aliases, "wrong-alias", $"Every alias has 1 to {EntityName.LengthMax} characters; '|' stands between two.");
        return aliases;
    }

    private static GrainCommand.GrantTitle? ReadGrant(ListCells cells, out string? otherStatus)
    {
        otherStatus = null;
        if (cells.Text(RegisterColumn.Policy) is not { } policy)
        {
            foreach (var column in OfTitle.Where(column => cells[column].Length > 0))
                cells.Refuse(column, "policy-missing", "A title needs the policy under which it is; leave this empty for an entity without a title.");
            return null;
        }

        if (cells[RegisterColumn.Status].Length > 0 && cells.Word<TitleStatus>(RegisterColumn.Status, "unknown-status") != TitleStatus.Listed)
            otherStatus = cells[RegisterColumn.Status];
        return new GrainCommand.GrantTitle(
            policy, cells.Text(RegisterColumn.Honour), cells.Word<Level>(RegisterColumn.LevelName, "unknown-level"), cells.Text(RegisterColumn.Certificate),
            cells.Date(RegisterColumn.GrantedOn), cells.Text(RegisterColumn.Evaluator), cells.Text(RegisterColumn.Batch));
    }
}
