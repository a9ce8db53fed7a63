using System.ComponentModel.DataAnnotations;
using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>What is registered of an entity; a member left out or null is not known.</summary>
/// <param name="Name">The listed name.</param>
/// <param name="Region">Six-digit code or name; null: the list gives none, and the national authority answers for it.</param>
/// <param name="Industry">Industry as listed.</param>
/// <param name="Enterprise">The enterprise behind it; left out: the one of <c>enterpriseName</c>, the one recorded, or the one of the same name.</param>
/// <param name="EnterpriseName">The enterprise's name, under which it is entered if it is not registered yet; needed for kinds that have a name of their own.</param>
/// <param name="RiskClass">Credit-risk class.</param>
/// <param name="Relations">Every relation, as entities show them, that to the enterprise among them; left out: those recorded stay.</param>
internal sealed record RegisterBody(
    string Name,
    string? Region = null,
    string? Industry = null,
    string? Enterprise = null,
    string? EnterpriseName = null,
    [property: AllowedValues("A", "B", "C", "D")] string? RiskClass = null,
    IReadOnlyList<RelationBody>? Relations = null)
{
    /// <summary>The command; null with errors where the members do not fit each other or the kind.</summary>
    public GrainCommand.Register? ToCommand(GrainKind kind, Errors errors)
    {
        string? region = null;
        if (Region is not null && !Supervision.Region.TryParse(Region, out region))
            errors.Add("region", $"Has to be {Supervision.Region.Form}.");
        if (EntityName.Normalise(Name).Length == 0)
            errors.Add("name", "Has to have characters that can be seen.");
        if (EnterpriseName is not null && EntityName.Normalise(EnterpriseName).Length == 0)
            errors.Add("enterpriseName", "Has to have characters that can be seen.");
        if (EnterpriseName is not null && kind == GrainKind.Enterprise)
            errors.Add("enterpriseName", NoEnterprise);
        var enterprises = new List<GrainId>();
        ReadEnterprise("enterprise", Enterprise, kind, enterprises, errors);
        var relations = Relations is null ? null : ReadRelations(Relations, kind, enterprises, errors);
        return errors.Any
            ? null
            : new GrainCommand.Register(Name, region, Industry, RiskClass, enterprises.Count == 0 ? null : enterprises[0], EnterpriseName, relations);
    }

    private const string NoEnterprise = "An enterprise has no enterprise behind it.";

    private static List<Relation> ReadRelations(IReadOnlyList<RelationBody> given, GrainKind kind, List<GrainId> enterprises, Errors errors)
    {
        var relations = new List<Relation>();
        for (var i = 0; i < given.Count; i++)
        {
            var (type, to) = (given[i].Type, given[i].To);
            if (type == Relation.EnterpriseType)
                ReadEnterprise($"relations[{i}].to", to, kind, enterprises, errors);
            else if (!Relation.Types.Contains(type))
                errors.Add($"relations[{i}].type", $"Has to be one of {string.Join(", ", Relation.Types)}.");
            else if (!GrainId.TryParse(to, out var target) || !target.Kind.IsSubject)
                errors.Add($"relations[{i}].to", Texts.EntityForm);
            else
                relations.Add(new Relation(type, target));
        }

        return relations;
    }

    private static void ReadEnterprise(string member, string? text, GrainKind kind, List<GrainId> enterprises, Errors errors)
    {
        if (text is null)
            return;
        if (kind == GrainKind.Enterprise)
            errors.Add(member, NoEnterprise);
        else if (!Texts.TryEnterprise(text, out var enterprise))
            errors.Add(member, Texts.EnterpriseForm);
        else if (enterprises.Count > 0 && enterprises[0] != enterprise)
            errors.Add(member, $"Names another enterprise than {enterprises[0]}.");
        else
            enterprises.Add(enterprise);
    }
}

/// <summary>A relation to another entity.</summary>
/// <param name="Type">For example <c>enterprise</c>.</param>
/// <param name="To">The entity related to.</param>
internal sealed record RelationBody(string Type, string To);
