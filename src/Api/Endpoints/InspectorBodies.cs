using System.ComponentModel.DataAnnotations;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>What is registered of an inspector.</summary>
internal abstract record InspectorParticulars : IChecked
{
    /// <summary>The name; kept beside the ledger, so that it can be erased.</summary>
    public required string Name { get; init; }

    /// <summary>Where it inspects, by code or name; left out: everywhere.</summary>
    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary>Last day of the certificate by which it may inspect.</summary>
    public required DateOnly CertificateValidUntil { get; init; }

    /// <summary>Fields of expertise.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The name as a private text with a salt of its own.</summary>
    internal PrivateText PrivateName => PrivateText.Salted(Name);

    /// <summary>The codes of the regions, each once.</summary>
    internal IReadOnlyList<string> Codes => [.. (Regions ?? []).Select(text => Region.TryParse(text, out var code) ? code : text).Distinct()];

    /// <summary>The fields, each once.</summary>
    internal IReadOnlyList<string> Expertise => [.. (Fields ?? []).Distinct()];

    /// <inheritdoc/>
    public virtual void Check(Errors errors)
    {
        for (var i = 0; i < (Regions?.Count ?? 0); i++)
        {
            if (!Region.TryParse(Regions![i], out _))
                errors.Add($"regions[{i}]", $"Has to be {Region.Form}.");
        }

        if (Fields?.Count > GrainState.Inspector.FieldsMax)
            errors.Add("fields", $"Has at most {GrainState.Inspector.FieldsMax} items.");
        for (var i = 0; i < Math.Min(Fields?.Count ?? 0, GrainState.Inspector.FieldsMax); i++)
        {
            if (GivenText.Refuse(Fields![i], GrainState.Inspector.FieldLengthMax) is { } expected)
                errors.Add($"fields[{i}]", expected);
        }
    }
}

/// <summary>An inspector to be registered.</summary>
internal sealed record InspectorBody : InspectorParticulars, INamesInspector
{
    /// <summary>The public service number.</summary>
    public required string Id { get; init; }

    /// <summary>Enterprises that it keeps away from, by their identities or credit codes.</summary>
    public IReadOnlyList<string>? Conflicts { get; init; }

    /// <inheritdoc/>
    public override void Check(Errors errors)
    {
        base.Check(errors);
        for (var i = 0; i < (Conflicts?.Count ?? 0); i++)
        {
            if (!Texts.TryEnterprise(Conflicts![i], out _))
                errors.Add($"conflicts[{i}]", Texts.EnterpriseForm);
        }
    }

    internal GrainCommand ToCommand() => new GrainCommand.RegisterInspector(
        PrivateName, Codes, CertificateValidUntil, Expertise,
        [.. (Conflicts ?? []).Select(text => Texts.TryEnterprise(text, out var enterprise) ? enterprise : default).Distinct()]);
}

/// <summary>What is registered of an inspector from now on.</summary>
internal sealed record InspectorChangeBody : InspectorParticulars
{
    internal GrainCommand ToCommand() => new GrainCommand.ChangeInspector(PrivateName, Codes, CertificateValidUntil, Expertise);
}

/// <summary>A conflict of an inspector.</summary>
/// <param name="Enterprise">The enterprise, by its identity or credit code.</param>
/// <param name="Reason">Why, without naming persons: it stands in the ledger for good.</param>
internal sealed record ConflictBody(string Enterprise, [property: MaxLength(200)] string Reason) : IChecked
{
    internal GrainId Named => Texts.TryEnterprise(Enterprise, out var enterprise) ? enterprise : default;

    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (!Texts.TryEnterprise(Enterprise, out _))
            errors.Add("enterprise", Texts.EnterpriseForm);
    }
}

/// <summary>A retirement.</summary>
/// <param name="Reason">Why.</param>
internal sealed record RetirementBody([property: MaxLength(200)] string Reason);

/// <summary>The end of a conflict.</summary>
/// <param name="Reason">Why.</param>
internal sealed record ConflictEndBody([property: MaxLength(200)] string Reason);
