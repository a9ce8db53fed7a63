using System.Security.Cryptography;
using System.Text;
using Supervision.Grains.Calendars;
using Supervision.Hosting.Tests.Imports;

namespace Supervision.Hosting.Tests.Years;

/// <summary>
/// Ten years of the real lists as their authorities might supervise them. Who is checked, who files and what is found follow
/// from the names of grain, year and matter alone, so that the years can be lived through again.
/// </summary>
internal sealed class SupervisedYears(TestRegister register, TestSilo silo)
{
    private const int First = 2018;

    private const int Last = 2027;

    /// <summary>Decides, and therefore does nothing else.</summary>
    private static readonly Actor Decider = new("p-decider", "decider", Role.Officer, Authority.National);

    private static readonly string[] Inspectors = ["i-1", "i-2"];

    private IReadOnlyList<GrainId> _entities = [];

    private DateOnly Today => CivilTime.DateAt(register.Time.GetUtcNow());

    public async Task LiveAsync()
    {
        foreach (var inspector in Inspectors)
        {
            // The same salt in every life.
            var name = PrivateText.Of(inspector, new byte[16]);
            await SendAsync(GrainId.Of(GrainKind.Inspector, inspector), new GrainCommand.RegisterInspector(name, [], new DateOnly(Last + 1, 12, 31), [], []));
        }

        await OnAsync(First - 1, 12, 20, ImportAsync);
        for (var year = First; year <= Last; year++)
            await YearAsync(year);
    }

    private async Task YearAsync(int year)
    {
        await OnAsync(year, 1, 10, FileAsync);
        await OnAsync(year, 2, 20, AcceptAsync);
        await OnAsync(year, 3, 2, CheckAsync);
        await OnAsync(year, 5, 20, DemandAsync);
        await OnAsync(year, 6, 10, ServeAsync);
        await OnAsync(year, 6, 25, DecideAsync);
        await OnAsync(year, 7, 10, FileAsync);
        await OnAsync(year, 7, 15, RectifyAsync);
        await OnAsync(year, 9, 1, ListEnergyAsync);
        await OnAsync(year, 9, 20, InspectEnergyAsync);
        await OnAsync(year, 10, 12, IncidentsAsync);
        await OnAsync(year, 10, 20, VetoesAsync);
        await OnAsync(year, 11, 2, ServeAsync);
        await OnAsync(year, 11, 20, DecideAsync);
        await OnAsync(year, 12, 1, RenameAsync);
        await OnAsync(year, 12, 20, ImportAsync);
    }

    private async Task OnAsync(int year, int month, int day, Func<Task> act)
    {
        await silo.Clock.MoveToAsync(CivilTime.StartOf(new DateOnly(year, month, day)).AddHours(12), TestContext.Current.CancellationToken);
        await act();
    }

    /// <summary>The lists of a year.</summary>
    private async Task ImportAsync()
    {
        foreach (var name in (string[])["green_entities_national.csv", "green_products_national.csv"])
        {
            var lines = await File.ReadAllLinesAsync(RepositoryFolder.PathOf(Path.Combine("data", name)), TestContext.Current.CancellationToken);
            var published = Array.IndexOf(lines[0].Split(','), "published");
            // No cell before the date holds a comma.
            var rows = lines.Skip(1).Where(line => line.Split(',')[published].StartsWith($"{Today.Year}-", StringComparison.Ordinal)).ToArray();
            if (rows.Length == 0)
                continue;
            var job = await silo.ImportAsync(string.Join('\n', rows.Prepend(lines[0])) + "\n", Importing.NationalList);
            Assert.Equal(ImportStatus.Done, job.Status);
            // Who was removed from a list of before is not on a later one while it is banned.
            Assert.All(await silo.ErrorsAsync(job), error => Assert.EndsWith(" banned", error, StringComparison.Ordinal));
        }

        _entities = [.. (await register.QueryAsync<string[]>("SELECT array_agg(grain::text ORDER BY grain) FROM entity WHERE search IS NOT NULL")).Select(GrainId.FromStored)];
    }

    private async Task FileAsync()
    {
        foreach (var (entity, view) in await ViewsAsync(view => view.Expected.Any(round => round.Opens <= Today && Today <= round.Due)))
        {
            foreach (var round in view.Expected.Where(round => round.Opens <= Today && Today <= round.Due && IsPicked(entity, "files", 300)))
                await SendAsync(entity, new GrainCommand.FileDeclaration(round.Policy, round.Round, round.Year, null, null, [], Score(entity), "table 1"));
        }
    }

    private async Task AcceptAsync()
    {
        foreach (var (entity, view) in await ViewsAsync(view => view.Reports.Any(report => report.Status == DeclarationStatus.Filed)))
        {
            foreach (var report in view.Reports.Where(report => report.Status == DeclarationStatus.Filed && IsPicked(entity, "looks", 500)))
            {
                await SendAsync(entity, IsPicked(entity, "returns", 100)
                    ? new GrainCommand.ReturnDeclaration(report.Id, "mistyped")
                    : new GrainCommand.AcceptDeclaration(report.Id, Score: null));
            }
        }
    }

    private async Task CheckAsync()
    {
        foreach (var (entity, view) in await ViewsAsync(view => view.Titles.Any(IsInForce)))
        {
            // Some are drawn every year until they are exempt.
            var isDrawn = IsPicked(entity, "drawn", 20) || Hash($"{entity} always") % 100 == 0;
            if (!isDrawn || view.Titles.First(IsInForce) is not { ExemptUntil: null } title)
                continue;
            var isForgotten = view.Checks.Any(check => check.Status is not (CheckStatus.Confirmed or CheckStatus.Cancelled));
            if (!isForgotten)
                await SendAsync(entity, new GrainCommand.OrderCheck(ChoiceOf(title), CheckBasis.Random, null, $"draw-{Today.Year}", Today.AddDays(60), Inspectors, []));
            var check = (await ViewAsync(entity)).Checks[^1];
            if (check.Status == CheckStatus.Planned)
                await SendAsync(entity, new GrainCommand.ApproveCheck(check.Id), Given.SecondOfficer);
            // The others are forgotten and become overdue.
            if (!IsPicked(entity, "forgotten", 50))
                await SendAsync(entity, new GrainCommand.RecordResult(check.Id, OutcomeOf(entity), Today, Inspectors, []));
        }
    }

    private async Task DemandAsync()
    {
        foreach (var (entity, view) in await ViewsAsync(view => view.Reports.Any(IsOpen)))
        {
            foreach (var report in view.Reports.Where(report => IsOpen(report) && IsPicked(entity, "demanded", 20)))
                await SendAsync(entity, new GrainCommand.DemandDeclaration(report.Id, Today, "post"));
        }

        static bool IsOpen(ReportView report) => report is { Status: DeclarationStatus.Overdue, DemandedOn: null };
    }

    private async Task ServeAsync()
    {
        foreach (var (entity, view) in await ViewsAsync(view => view.Cases.Any(found => found.Status == CaseStatus.Opened)))
        {
            foreach (var found in view.Cases.Where(found => found.Status == CaseStatus.Opened))
                await SendAsync(entity, new GrainCommand.ServeCase(found.Id, Today, "post"));
        }
    }

    private async Task DecideAsync()
    {
        foreach (var (entity, view) in await ViewsAsync(view => view.Cases.Any(found => found.DecisionDue)))
        {
            foreach (var found in view.Cases.Where(found => found.DecisionDue))
            {
                // A decision before may have taken the title away, and with it what else was open about it.
                var now = await ViewAsync(entity);
                if (!now.Cases.Single(same => same.Id == found.Id).DecisionDue)
                    continue;
                var outcome = now.Titles.Single(title => IsOf(found, title)) is var title && IsInForce(title) ? DecisionOn(entity, found) : CaseOutcome.Dismiss;
                await SendAsync(entity, new GrainCommand.DecideCase(found.Id, outcome, "reason", $"{Today.Year}-1"), Decider);
                if (IsPicked(entity, "served", 800))
                    await SendAsync(entity, new GrainCommand.ServeDecision(found.Id, Today, "post"));
                if (outcome == CaseOutcome.Remove && IsPicked(entity, "published", 500))
                    await SendAsync(entity, new GrainCommand.Publish(found.Id, Today, "https://example.org/removed"));
            }
        }
    }

    private async Task RectifyAsync()
    {
        foreach (var (entity, view) in await ViewsAsync(view => view.Rectifications.Any(IsOrdered)))
        {
            foreach (var ordered in view.Rectifications.Where(ordered => IsOrdered(ordered) && IsPicked(entity, "rectifies", 600)))
                await SendAsync(entity, new GrainCommand.CompleteRectification(ordered.Id, Today, "photographs"));
        }

        static bool IsOrdered(RectificationView ordered) => ordered.Status == RectificationStatus.Ordered;
    }

    private async Task ListEnergyAsync()
    {
        foreach (var entity in Enterprises("energy", 5))
        {
            // Some are in the plan already, because of what was found the year before.
            if ((await ViewAsync(entity)).EnergyInspections.Any(entry => entry.Year == Today.Year))
                continue;
            await SendAsync(entity, new GrainCommand.ListEnergyInspection(Today.Year, "makes listed products", Given.Policy));
        }

        foreach (var (entity, view) in await ViewsAsync(IsListed))
        {
            var listed = view.EnergyInspections.First(entry => entry.Status == EnergyStatus.Listed);
            await SendAsync(entity, new GrainCommand.NotifyEnergyInspection(listed.Id, Today, "post", Today.AddDays(18), EnergyMethod.Written));
        }

        static bool IsListed(EntityView view) => view.EnergyInspections.Any(entry => entry.Status == EnergyStatus.Listed);
    }

    private async Task InspectEnergyAsync()
    {
        foreach (var (entity, view) in await ViewsAsync(view => view.EnergyInspections.Any(entry => entry.Status == EnergyStatus.Notified)))
        {
            var notified = view.EnergyInspections.First(entry => entry.Status == EnergyStatus.Notified).Id;
            var isClean = IsPicked(entity, "compliant", 500);
            await SendAsync(entity, new GrainCommand.RecordEnergyResult(
                notified, isClean ? EnergyOutcome.Compliant : EnergyOutcome.Violations, Today, EnergyMethod.Written, Inspectors, [], WithoutNotice: null));
            if (isClean)
                continue;
            await SendAsync(entity, new GrainCommand.HearEnergyOpinion(notified, Today, PrivateText.Of("none", new byte[16])));
            await SendAsync(entity, new GrainCommand.OrderEnergyRectification(notified, Today, $"E-{Today.Year}"));
            if (IsPicked(entity, "energy-rectified", 500))
            {
                await SendAsync(entity, new GrainCommand.ReportEnergyRectification(notified, Today, "invoices"));
                await SendAsync(entity, new GrainCommand.RecheckEnergyRectification(notified, Today, Rectified: true, Inspectors, []));
            }
        }
    }

    private async Task IncidentsAsync()
    {
        foreach (var entity in Enterprises("incident", 1))
        {
            await SendAsync(entity, new GrainCommand.ReportIncident(IncidentKind.Safety, Today, "a neighbour's call"));
            var view = await ViewAsync(entity);
            await SendAsync(
                entity, new GrainCommand.DetermineIncident(view.Incidents[^1].Id, Today, "应急管理局", $"应急〔{Today.Year}〕1号", view.Name, IncidentLevel.Major), Given.SecondOfficer);
        }
    }

    private async Task VetoesAsync()
    {
        foreach (var entity in Enterprises("veto", 1))
        {
            await SendAsync(entity, new GrainCommand.RecordVeto(VetoKind.TaxEvasion, Today, "信用中国", "X-1"));
            await SendAsync(entity, new GrainCommand.ConfirmVeto((await ViewAsync(entity)).Vetoes[^1].Id), Given.SecondOfficer);
        }
    }

    private async Task RenameAsync()
    {
        foreach (var entity in _entities.Where(entity => entity.Kind == GrainKind.Factory && IsPicked(entity, "renamed", 5)))
            await SendAsync(entity, new GrainCommand.Rename($"{(await ViewAsync(entity)).Name}（{Today.Year}）", Today));
    }

    private IEnumerable<GrainId> Enterprises(string matter, uint permille) =>
        _entities.Where(entity => entity.Kind == GrainKind.Enterprise && IsPicked(entity, matter, permille));

    private CheckOutcome OutcomeOf(GrainId entity) => (Hash($"{entity} {Today.Year} outcome") % 20) switch
    {
        0 => CheckOutcome.Failed,
        1 => CheckOutcome.Minor,
        2 => CheckOutcome.Refused,
        _ => CheckOutcome.Clean,
    };

    private CaseOutcome DecisionOn(GrainId entity, CaseView found)
    {
        var ground = TestSilo.RealBook[found.Policy].Cases.Grounds.Single(ground => ground.Name == found.Ground);
        if (ground.RectificationFirst)
            return CaseOutcome.Rectify;
        return IsPicked(entity, $"removed {found.Id}", 600) ? CaseOutcome.Remove : CaseOutcome.Dismiss;
    }

    private decimal Score(GrainId entity) => 40 + (Hash($"{entity} {Today.Year} score") % 600 / 10m);

    private bool IsPicked(GrainId entity, string matter, uint permille) => Hash($"{entity} {Today.Year} {matter}") % 1000 < permille;

    private static uint Hash(string text) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool IsInForce(TitleView title) => title.Status is TitleStatus.Listed or TitleStatus.Rectifying;

    private static bool IsOf(CaseView found, TitleView title) => (title.Policy, title.Honour, title.Level) == (found.Policy, found.Honour, found.Level);

    private static TitleChoice ChoiceOf(TitleView title) => new(title.Policy, title.Honour, title.Level);

    private async Task<List<(GrainId Entity, EntityView View)>> ViewsAsync(Func<EntityView, bool> isWanted)
    {
        var views = new List<(GrainId, EntityView)>();
        foreach (var entity in _entities)
        {
            if (await ViewAsync(entity) is var view && isWanted(view))
                views.Add((entity, view));
        }

        return views;
    }

    private async Task<EntityView> ViewAsync(GrainId entity) => (await silo.Register.FindAsync(entity, TestContext.Current.CancellationToken))!.View;

    private async Task SendAsync(GrainId entity, GrainCommand command, Actor? by = null)
    {
        var outcome = await silo.SendAsync(entity, command, by ?? Given.Officer);
        Assert.True(outcome.Rejection is null, $"{Today:O} {entity} {command}: {outcome.Rejection}");
    }
}
