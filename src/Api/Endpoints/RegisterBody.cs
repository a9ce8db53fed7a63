using System.ComponentModel.DataAnnotations;
using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>What is registered of an entity; a member left out or null is not known.</summary>
/// <param name="Name">The listed name.</param>
/// <param name="Region">Six-digit code or name; null: the list gives none, and the national authority answers for it.</param>
/// <param name="Industry">Industry as listed.</param>
/// <param name="Enterprise">The enterprise behind it; left out: the one recorded, or the one of the same name.</param>
/// <param name="RiskClass">Credit-risk class.</param>
/// <param name="Relations">The same as <c>enterprise</c>, in the form in which entities show it.</param>
internal sealed record RegisterBody(
    string Name,
    string? Region = null,
    string? Industry = null,
    string? Enterprise = null,
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
        var enterprise = ReadEnterprise(kind, errors);
        return errors.Any ? null : new GrainCommand.Register(Name, region, Industry, RiskClass, enterprise);
    }

    private GrainId? ReadEnterprise(GrainKind kind, Errors errors)
    {
        var enterprises = new List<GrainId>();
        Read("enterprise", Enterprise);
        var relations = Relations ?? [];
        for (var i = 0; i < relations.Count; i++)
        {
            if (relations[i].Type == Relation.EnterpriseType)
                Read($"relations[{i}].to", relations[i].To);
            else
                errors.Add($"relations[{i}].type", $"Has to be {Relation.EnterpriseType}.");
        }

        return enterprises.Count == 0 ? null : enterprises[0];

        void Read(string member, string? text)
        {
            if (text is null)
                return;
            if (kind == GrainKind.Enterprise)
                errors.Add(member, "An enterprise has no enterprise behind it.");
            else if (!Texts.TryEnterprise(text, out var enterprise))
                errors.Add(member, Texts.EnterpriseForm);
            else if (enterprises.Count > 0 && enterprises[0] != enterprise)
                errors.Add(member, $"Names another enterprise than {enterprises[0]}.");
            else
                enterprises.Add(enterprise);
        }
    }
}

/// <summary>A relation to another entity.</summary>
/// <param name="Type">For example <c>enterprise</c>.</param>
/// <param name="To">The entity related to.</param>
internal sealed record RelationBody(string Type, string To);
