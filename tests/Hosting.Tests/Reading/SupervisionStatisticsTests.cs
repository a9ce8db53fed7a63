using System.Text;
using Npgsql;
using Supervision.Hosting.Reading;
using Supervision.Ledger.Query;
using Supervision.Ledger.Schema;

namespace Supervision.Hosting.Tests.Reading;

/// <summary>The counts of supervision against what was done.</summary>
public sealed class SupervisionStatisticsTests
{
    private static readonly DateOnly Today = new(2017, 3, 1);

    [Fact]
    public async Task Removals_checks_exemptions_and_what_is_overdue_are_counted_by_their_titles()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await using var dataSource = LedgerDataSource.Create(register.ConnectionString);
        var reader = new SupervisionReader(new RegisterCounts(dataSource), new SupervisionCounts(dataSource), silo.Register, register.Time);
        var (exempt, removed, late) = (
            await Given.CertifiedAsync(silo, "F-1", "甲有限公司"), await Given.CertifiedAsync(silo, "F-2", "乙有限公司"), await Given.CertifiedAsync(silo, "F-3", "丙有限公司"));
        for (var n = 1; n <= 3; n++)
        {
            await Given.AcceptAsync(silo, exempt, Given.OrderRandom(Today, $"draw-{n}"));
            await Given.AcceptAsync(silo, exempt, Given.Result($"check-{n}", CheckOutcome.Clean, Today));
        }

        await Given.AcceptAsync(silo, removed, new GrainCommand.OpenCase(Given.Title, "false-declaration", null, "evidence", Urgent: false));
        await Given.AcceptAsync(silo, removed, new GrainCommand.ServeCase("case-1", Today, "post"));
        await Given.AcceptAsync(silo, removed, new GrainCommand.RecordStatement("case-1", PrivateText.Of("x", new byte[16])));
        Assert.Null((await silo.SendAsync(removed, new GrainCommand.DecideCase("case-1", CaseOutcome.Remove, "reason", "N-1"), Given.SecondOfficer)).Rejection);
        await Given.AcceptAsync(silo, late, Given.OrderDirected(Today));
        await silo.Clock.MoveToAsync(register.Time.GetUtcNow().AddDays(2), TestContext.Current.CancellationToken);

        var query = new StatisticsQuery([Dimension.Policy], new EntityFilter { Kind = "factory" }, []);
        var row = Assert.Single(await reader.CountAsync(query, null, null, TestContext.Current.CancellationToken));

        Assert.Equal([Given.Policy], row.Values);
        Assert.Equal((3, 2, 1), (row.Titles, row.InForce, row.Exemptions));
        Assert.Equal(new Dictionary<string, long> { ["false-declaration"] = 1 }, row.Removed);
        Assert.Equal(new Dictionary<string, long> { ["clean"] = 3 }, row.Checks);
        Assert.Equal(1, row.Overdue["check"]);
        // As many as the ledger has.
        Assert.Equal(row.Checks["clean"], await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.passed'"));
        Assert.Equal(row.Removed.Values.Sum(), await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'title.removed'"));

        var before = Assert.Single(await reader.CountAsync(query, null, Today.AddDays(-1), TestContext.Current.CancellationToken));
        Assert.Equal((3, 0, 0), (before.Titles, before.Removed.Count + before.Checks.Count + before.Overdue.Count, before.Exemptions));
        var since = Assert.Single(await reader.CountAsync(query, Today, Today, TestContext.Current.CancellationToken));
        Assert.Equal(3, since.Checks["clean"]);
        Assert.Empty(await reader.CountAsync(query with { Filter = new EntityFilter { Region = "440000" } }, null, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whatever_a_state_calls_overdue_is_counted()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await using var dataSource = LedgerDataSource.Create(register.ConnectionString);
        var reader = new SupervisionReader(new RegisterCounts(dataSource), new SupervisionCounts(dataSource), silo.Register, register.Time);
        var factory = await Given.CertifiedAsync(silo, "F-1", "甲有限公司");
        var enterprise = EntityName.EnterpriseOf("甲有限公司");
        await Given.AcceptAsync(silo, factory, Given.OrderDirected(Today));
        await Given.AcceptAsync(silo, factory, Given.OrderDirected(Today));
        await Given.AcceptAsync(silo, factory, Given.OrderDirected(Today));
        await Given.AcceptAsync(silo, enterprise, new GrainCommand.ListEnergyInspection(2017, "reason", Given.Policy));
        await Given.AcceptAsync(silo, enterprise, new GrainCommand.ListEnergyInspection(2018, "reason", Given.Policy));
        var query = new StatisticsQuery([Dimension.Policy], new EntityFilter { Kind = "factory" }, []);
        Assert.Empty(Assert.Single(await reader.CountAsync(query, null, null, TestContext.Current.CancellationToken)).Overdue);

        // The states as they are once every last day has passed.
        await ChangeAsync(factory, subject => subject with
        {
            Titles = [subject.Titles[0] with
            {
                ReEvaluation = new ScheduledReEvaluation(Today, Today, Delayed: true),
                Certified = new TitleCertificate
                {
                    IssuedOn = Today, ValidUntil = Today, Since = Today, SurveillanceBy = Today, SuspendedUntil = Today, PublishBy = Today,
                    Overdue = [CertificateDuty.Surveillance, CertificateDuty.Revocation, CertificateDuty.Publication],
                },
            }],
            Checks =
            [
                subject.Checks[0] with { Overdue = true, Emergency = new EmergencyOrder("smoke", Today, Overdue: true) },
                subject.Checks[1] with { Status = CheckStatus.Recorded, Publication = new Publication { DueBy = Today, Overdue = true } },
                subject.Checks[2] with { Status = CheckStatus.Recorded, Publication = new Publication { DueBy = Today, On = Today, WithdrawBy = Today, Overdue = true } },
            ],
            ReEvaluations =
            [
                Evaluated(subject, "re-evaluation-1", ReEvaluationStatus.Missed),
                Evaluated(subject, "re-evaluation-2", ReEvaluationStatus.Reported) with { EvaluateBy = Today, Delayed = true },
                Evaluated(subject, "re-evaluation-3", ReEvaluationStatus.Passed) with { EvaluateBy = Today, Delayed = true },
            ],
            Changes =
            [
                Changed("change-1", ChangeStatus.Noted),
                Changed("change-2", ChangeStatus.Filed),
            ],
        });
        await ChangeAsync(enterprise, subject => subject with
        {
            EnergyInspections =
            [
                subject.EnergyInspections![0] with { Overdue = true },
                subject.EnergyInspections[1] with { Status = EnergyStatus.Missed, RectifyBy = Today, DueBy = null },
            ],
        });

        var overdue = Assert.Single(await reader.CountAsync(query, null, null, TestContext.Current.CancellationToken)).Overdue;
        Assert.Equal(
            new[]
            {
                "approval", "certificate-publication", "certificate-revocation", "change-filing", "check", "energy-inspection", "energy-rectification", "publication", "re-evaluation",
                "re-evaluation-announcement", "re-evaluation-report", "surveillance", "withdrawal",
            }.Select(word => new KeyValuePair<string, long>(word, 1)),
            overdue.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Empty(Assert.Single(await reader.CountAsync(query, null, Today.AddDays(-1), TestContext.Current.CancellationToken)).Overdue);

        async Task ChangeAsync(GrainId grain, Func<GrainState.Subject, GrainState.Subject> change)
        {
            var changed = LedgerJson.Write(change((GrainState.Subject)(await silo.Activations.ReadAsync(grain)).State!));
            await using var update = register.Owner.CreateCommand("UPDATE entity SET state = $2 WHERE grain = $1");
            update.Parameters.Add(new NpgsqlParameter<string> { TypedValue = grain.Value });
            update.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Encoding.UTF8.GetString(changed) });
            Assert.Equal(1, await update.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        ReEvaluation Evaluated(GrainState.Subject subject, string id, ReEvaluationStatus status) =>
            new() { Id = id, Title = subject.Titles[0].Ref, Status = status, OpenedOn = Today, ReportBy = Today };

        Change Changed(string id, ChangeStatus status) => new()
        {
            Id = id, Kind = ChangeKind.Restructuring, Status = status, CompletedOn = Today, Concerns = [new ChangeConcern(Given.Policy, Today, "x")], DueBy = Today, Late = true,
        };
    }
}
