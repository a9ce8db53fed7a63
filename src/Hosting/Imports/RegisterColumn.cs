namespace Supervision.Hosting.Imports;

/// <summary>The columns of the format <c>register</c> (docs/import.md), which is written and read.</summary>
internal static class RegisterColumn
{
    public const string Kind = "kind";
    public const string Key = "key";
    public const string Name = "name";
    public const string Aliases = "aliases";
    public const string Region = "region";
    public const string Industry = "industry";
    public const string RiskClass = "risk_class";
    public const string Enterprise = "enterprise";
    public const string EnterpriseName = "enterprise_name";
    public const string Relations = "relations";
    public const string Policy = "policy";
    public const string Honour = "honour";
    public const string LevelName = "level";
    public const string Certificate = "certificate";
    public const string GrantedOn = "granted_on";
    public const string Evaluator = "evaluator";
    public const string Batch = "batch";
    public const string Status = "status";

    /// <summary>Stands between the texts of a cell that holds several.</summary>
    public const char Between = '|';

    /// <summary>Every column, in the order in which they are written.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Kind, Key, Name, Aliases, Region, Industry, RiskClass, Enterprise, EnterpriseName, Relations, Policy, Honour, LevelName, Certificate, GrantedOn,
        Evaluator, Batch, Status,
    ];
}
