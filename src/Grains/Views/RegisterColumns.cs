namespace Supervision.Grains.Views;

/// <summary>The columns of the register, as a function of the state.</summary>
public static class RegisterColumns
{
    /// <summary>What the entity is filtered and searched by.</summary>
    public static EntityColumns Of(GrainId id, GrainState state) => state is GrainState.Subject subject
        ? new EntityColumns(
            id.Kind.Name, subject.Name, subject.Region, subject.Industry, subject.RiskClass,
            KebabCase<Standing>.Word(EntityViews.StandingOf(subject)), subject.Enterprise?.Value,
            SearchOf(id, subject))
        : new EntityColumns(id.Kind.Name, null, null, null, null, null, null, null);

    /// <summary>Every text by which the entity is found, each once, one a line; null where another entity has taken its place.</summary>
    private static string? SearchOf(GrainId id, GrainState.Subject subject)
    {
        if (subject.MergedInto is not null)
            return null;
        var texts = new List<string> { EntityName.Normalise(subject.Name) };
        foreach (var other in subject.Names ?? [])
            Add(other.Name);
        Add(id.Key);
        foreach (var absorbed in subject.Absorbed ?? [])
            Add(absorbed.Key);
        if (subject.Enterprise?.Key is { } enterprise && CreditCode.IsValid(enterprise))
            Add(enterprise);
        foreach (var certificate in CertificatesOf(subject))
            Add(certificate);
        return string.Join('\n', texts);

        void Add(string text)
        {
            var normalised = EntityName.Normalise(text);
            if (!texts.Contains(normalised, StringComparer.Ordinal))
                texts.Add(normalised);
        }
    }

    /// <summary>What its titles are filtered, counted and drawn by; what follows from another title is found, counted and drawn as that one.</summary>
    public static IReadOnlyList<TitleColumns> TitlesOf(GrainState? state) => state is GrainState.Subject subject
        ? [.. OfLists(subject.Titles).Select(title => new TitleColumns(
            title.Ref.Policy, title.Ref.Honour, KebabCase<Level>.Word(title.Ref.Level), KebabCase<TitleStatus>.Word(title.Status), title.Authority,
            title.Certificate, title.GrantedOn, title.Evaluator, title.Batch, title.Exemption?.Until))]
        : [];

    /// <summary>Whether the columns of two states of one grain are the same, without building them: most commands leave them alone.</summary>
    public static bool SameColumns(GrainState? before, GrainState? after) => (before, after) switch
    {
        (GrainState.Subject b, GrainState.Subject a) =>
            (b.Name, b.Region, b.Industry, b.RiskClass) == (a.Name, a.Region, a.Industry, a.RiskClass)
            && ReferenceEquals(b.Names, a.Names) && ReferenceEquals(b.Absorbed, a.Absorbed) && b.MergedInto == a.MergedInto
            && (ReferenceEquals(b.Relations, a.Relations) || b.Enterprise == a.Enterprise)
            && (ReferenceEquals(b.Titles, a.Titles)
                || (EntityViews.StandingOf(b) == EntityViews.StandingOf(a) && SameCertificates(b, a))),
        (GrainState.AdoptedRules, GrainState.AdoptedRules) or (GrainState.Inspector, GrainState.Inspector) or (GrainState.Draw, GrainState.Draw) or (GrainState.Downtime, GrainState.Downtime) => true,
        _ => false,
    };

    /// <summary>Whether the titles' columns of two states are the same, without building them.</summary>
    public static bool SameTitles(GrainState? before, GrainState? after)
    {
        var (b, a) = ((before as GrainState.Subject)?.Titles ?? [], (after as GrainState.Subject)?.Titles ?? []);
        if (ReferenceEquals(b, a))
            return true;
        (b, a) = (OfLists(b), OfLists(a));
        if (b.Count != a.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!ReferenceEquals(b[i], a[i]) && Columns(b[i]) != Columns(a[i]))
                return false;
        }

        return true;

        static (TitleRef, TitleStatus, string, string?, DateOnly, string?, string?, DateOnly?) Columns(Title title) =>
            (title.Ref, title.Status, title.Authority, title.Certificate, title.GrantedOn, title.Evaluator, title.Batch, title.Exemption?.Until);
    }

    /// <summary>The numbers of certificates, normalised and in order, so that they stand alike whichever title came first.</summary>
    private static IEnumerable<string> CertificatesOf(GrainState.Subject subject) =>
        OfLists(subject.Titles).Select(title => title.Certificate).OfType<string>().Select(EntityName.Normalise).Where(certificate => certificate.Length > 0)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static bool SameCertificates(GrainState.Subject before, GrainState.Subject after) =>
        (!before.Titles.Any(HasCertificate) && !after.Titles.Any(HasCertificate)) || CertificatesOf(before).SequenceEqual(CertificatesOf(after), StringComparer.Ordinal);

    private static bool HasCertificate(Title title) => title.Certificate is not null;

    private static IReadOnlyList<Title> OfLists(IReadOnlyList<Title> titles) =>
        titles.Any(title => title.DerivedFrom is not null) ? [.. titles.Where(title => title.DerivedFrom is null)] : titles;
}
