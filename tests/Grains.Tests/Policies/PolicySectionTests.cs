using System.Text;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

/// <summary>Every section of a policy's file; each test spoils one thing in a good one.</summary>
public sealed class PolicySectionTests
{
    private const string Good = """
        {
          "id": "sample", "version": 1, "title": "样本", "document": "样〔2026〕1号",
          "effectiveFrom": { "value": "2026-01-01", "article": "一" },
          "region": { "value": "430000", "article": "一" },
          "timeZone": "Asia/Shanghai",
          "honours": [ { "name": "green-factory", "original": "绿色工厂", "kind": "factory", "levels": ["national", "provincial"], "article": "二" } ],
          "checks": { "inspectorsMin": { "value": 2, "article": "三" }, "resets": [], "opens": [] },
          "cases": {
            "statementWindow": { "days": 5, "unit": "working", "article": "五" },
            "urgentWindow": { "days": 1, "unit": "calendar", "article": "五" },
            "grounds": [ { "name": "bad", "article": "六", "enterpriseWide": true } ]
          },
          "ban": { "years": { "value": 3, "article": "八" }, "followsSuccessors": { "value": true, "article": "八" } },
          "certification": {
            "steps": [
              { "name": "report", "owner": "applicant", "due": { "value": "02-29", "article": "九" } },
              { "name": "visit", "owner": "provincial", "due": { "value": "10-31", "article": "九" }, "from": { "value": "08-01", "article": "九" } }
            ],
            "publicity": { "days": 15, "unit": "calendar", "article": "九" },
            "evaluatorProjectsMax": { "value": 15, "article": "九" }
          },
          "declarations": {
            "rounds": [
              {
                "name": "annual", "covers": "year-before", "opens": { "value": "01-01", "article": "十" }, "due": { "value": "04-15", "article": "十" },
                "firstYear": { "value": 2026, "article": "十" }, "lastYear": { "value": 2027, "article": "十" }
              },
              {
                "name": "annual", "covers": "year-before", "opens": { "value": "01-02", "article": "十" }, "due": { "value": "03-30", "article": "十" },
                "firstYear": { "value": 2028, "article": "十" }
              }
            ],
            "refiling": { "days": 11, "unit": "working", "article": "十" },
            "demand": { "days": 12, "unit": "working", "article": "十" },
            "opens": [ { "finding": "refused", "ground": "bad" }, { "finding": "lowest-scores", "ground": "bad" } ],
            "grades": {
              "honour": "green-factory", "level": "national",
              "shares": [ { "grade": "A", "percent": { "value": 40, "article": "十" } }, { "grade": "B", "percent": { "value": 60, "article": "十" } } ],
              "recomputedWithinMonths": { "value": 1, "article": "十" }
            },
            "lowestScores": {
              "level": "national", "percent": { "value": 5, "article": "十" }, "years": { "value": 3, "article": "十" }, "firstYear": { "value": 2026, "article": "十" }
            }
          },
          "goodPractice": { "everyMonths": { "value": 6, "article": "十一" } },
          "reEvaluation": {
            "everyYears": { "value": 4, "article": "十二" },
            "announcement": { "owner": "authority", "days": 61, "unit": "calendar", "article": "十二" },
            "report": { "owner": "holder", "days": 31, "unit": "calendar", "article": "十二" },
            "evaluation": { "owner": "authority", "days": 62, "unit": "calendar", "article": "十二" },
            "triggers": [ { "change": "merger", "article": "十二" } ],
            "failedGround": "bad",
            "missedGround": "bad"
          },
          "energyInspection": {
            "triggers": [ { "trigger": "product-producer", "effect": "proposes", "article": "十三" } ],
            "onSitePercent": { "value": 30, "article": "十三" },
            "notice": { "days": 5, "unit": "working", "article": "十三" },
            "withoutNotice": { "for": ["complaint"], "article": "十三" },
            "rectificationNotice": { "days": 20, "unit": "working", "article": "十三" },
            "rectification": { "days": 63, "unit": "calendar", "article": "十三" },
            "extension": { "days": 64, "unit": "calendar", "article": "十三" },
            "recheck": { "days": 21, "unit": "working", "article": "十三" },
            "missedGround": "bad"
          },
          "vetoes": [
            {
              "kind": "stopped", "original": "连续停产", "checkedAt": ["application", "grant", "yearly"], "article": "十四",
              "years": { "value": 7, "article": "十四" }, "months": { "value": 12, "article": "十四" }, "ground": "bad"
            },
            { "kind": "removed", "original": "移出", "checkedAt": ["grant"], "article": "十四" }
          ],
          "incidents": { "kinds": ["safety"], "levels": [ { "level": "major", "ground": "bad", "article": "十五" } ] },
          "changes": {
            "kinds": ["rename", "merger"],
            "filing": { "owner": "holder", "days": 30, "unit": "working", "article": "十六" },
            "verifiedBy": { "value": "municipal", "article": "十六" },
            "aggregatedBy": { "value": "provincial", "article": "十六" },
            "late": { "value": "re-evaluation", "article": "十六" }
          },
          "certificates": {
            "validYears": { "value": 5, "article": "十七" },
            "surveillanceEveryMonths": { "value": 12, "article": "十七" },
            "renewal": { "days": 90, "unit": "calendar", "article": "十七" },
            "suspensionMonthsMax": { "value": 9, "article": "十七" },
            "suspensionAskedMonthsBefore": { "value": 2, "article": "十七" },
            "triggers": [
              { "name": "failed-surveillance", "original": "违规使用", "state": "suspended", "article": "十七" },
              { "name": "defect", "original": "缺陷", "state": "revoked", "article": "十七" },
              { "name": "stop", "original": "停产", "state": "cancelled", "article": "十七" },
              { "name": "not-renewed", "original": "届满", "state": "expired", "article": "十七" }
            ]
          },
          "withdrawal": { "byLetter": { "value": true, "article": "十八" }, "bansDuringCase": { "value": true, "article": "十八" } },
          "notices": {
            "resultPublished": { "days": 22, "unit": "working", "article": "十九" },
            "quashedWithdrawn": { "days": 3, "unit": "working", "article": "十九" },
            "decisionServed": { "days": 7, "unit": "working", "article": "十九" },
            "remedies": [
              { "name": "review", "original": "复议", "within": { "days": 60, "unit": "calendar", "article": "十九" } },
              { "name": "suit", "original": "诉讼", "months": { "value": 6, "article": "十九" } }
            ]
          },
          "transfers": [ { "from": "other", "honours": ["green-factory"], "level": "national", "on": { "value": "2026-02-01", "article": "二十" } } ],
          "recognition": [
            {
              "from": ["other"], "fromLevel": "national", "honours": ["green-factory"], "level": "provincial", "article": "二一",
              "batchMax": { "value": 8, "article": "二一" }
            }
          ]
        }
        """;

    private const string Other = """
        {
          "id": "other", "version": 1, "title": "样本", "document": "样〔2026〕2号",
          "effectiveFrom": { "value": "2020-01-01", "article": "一" },
          "timeZone": "Asia/Shanghai",
          "honours": [ { "name": "green-factory", "original": "绿色工厂", "kind": "factory", "levels": ["national"], "article": "二", "grantedUntil": { "value": "2026-01-31", "article": "二" } } ],
          "checks": { "inspectorsMin": { "value": 2, "article": "三" }, "resets": [], "opens": [] },
          "cases": {
            "statementWindow": { "days": 5, "unit": "working", "article": "五" },
            "urgentWindow": { "days": 1, "unit": "calendar", "article": "五" },
            "grounds": []
          }
        }
        """;

    [Fact]
    public void A_good_file_gives_every_section()
    {
        var policy = Parse(Good);

        Assert.Equal("430000", policy.Region!.Value);
        Assert.True(policy.Cases.Grounds[0].EnterpriseWide);
        Assert.Equal(new MonthDay(2, 29), policy.Certification!.Steps[0].Due.Value);
        Assert.Equal([true, false], policy.Declarations!.Rounds.Select(round => round.IsHeldIn(2027)));
        Assert.Equal(new OwnedPeriod(DeadlineOwner.Holder, 31, DayUnit.Calendar, "十二"), policy.ReEvaluation!.Report);
        Assert.Equal([EnergyWithoutNotice.Complaint], policy.EnergyInspection!.WithoutNotice.For);
        Assert.Equal([VetoKind.Stopped, VetoKind.Removed], policy.Vetoes!.Select(veto => veto.Kind));
        Assert.Equal(IncidentLevel.Major, policy.Incidents!.Levels[0].Level);
        Assert.Equal(new Figure<LateChange>(LateChange.ReEvaluation, "十六"), policy.Changes!.Late);
        Assert.Equal(4, policy.Certificates!.Triggers.Count);
        Assert.True(policy.Withdrawal!.BansDuringCase.Value);
        Assert.Equal(60, policy.Notices!.Remedies[0].Within!.Days);
        Assert.Equal("十九", policy.Notices.Remedies[1].Article);
        Assert.Equal(new DateOnly(2026, 2, 1), policy.Transfers![0].On.Value);
        Assert.Equal(8, policy.Recognition![0].BatchMax!.Value);
    }

    [Theory]
    [InlineData("\"02-29\"", "\"02-30\"", "$.certification.steps[0].due.value")]
    [InlineData("\"02-29\"", "\"2-28\"", "$.certification.steps[0].due.value")]
    [InlineData("\"02-29\"", "\"02-29\\n\"", "$.certification.steps[0].due.value")]
    [InlineData("\"02-29\"", "229", "$.certification.steps[0].due.value")]
    [InlineData("\"year-before\"", "\"year\"", "$.declarations.rounds[0].covers")]
    [InlineData("\"04-15\"", "\"13-15\"", "$.declarations.rounds[0].due.value")]
    [InlineData("\"followsSuccessors\": { \"value\": true", "\"followsSuccessors\": { \"value\": 1", "$.ban.followsSuccessors.value")]
    [InlineData("\"owner\": \"holder\", \"days\": 31", "\"days\": 31", "$.reEvaluation.report")]
    [InlineData("\"merger\", \"article\"", "\"fusion\", \"article\"", "$.reEvaluation.triggers[0].change")]
    [InlineData("\"recheck\": { \"days\": 21, \"unit\": \"working\", \"article\": \"十三\" },", "", "$.energyInspection")]
    [InlineData("[\"complaint\"]", "[\"whim\"]", "$.energyInspection.withoutNotice.for[0]")]
    [InlineData("\"kind\": \"stopped\"", "\"kind\": \"idle\"", "$.vetoes[0].kind")]
    [InlineData("[\"safety\"]", "[null]", "$.incidents.kinds[0]")]
    [InlineData("\"value\": \"municipal\"", "\"value\": \"county\"", "$.changes.verifiedBy.value")]
    [InlineData("\"state\": \"revoked\"", "\"state\": \"lost\"", "$.certificates.triggers[1].state")]
    [InlineData("\"on\": { \"value\": \"2026-02-01\", \"article\": \"二十\" }", "\"on\": null", "$.transfers[0].on")]
    public void A_wrong_form_is_refused_with_its_path(string good, string bad, string path) => Assert.Equal(path, Assert.Single(FailuresOf(good, bad)).Path);

    [Theory]
    [InlineData("\"value\": \"430000\"", "\"value\": \"湖南\"", "$.region.value")]
    [InlineData("\"value\": \"430000\"", "\"value\": \"990000\"", "$.region.value")]
    [InlineData("\"value\": \"430000\", \"article\": \"一\"", "\"value\": \"430000\", \"article\": \" \"", "$.region.article")]
    [InlineData("\"value\": true, \"article\": \"八\"", "\"value\": true, \"article\": \"\"", "$.ban.followsSuccessors.article")]
    [InlineData("\"name\": \"visit\"", "\"name\": \"report\"", "$.certification.steps[1]")]
    [InlineData("\"10-31\"", "\"01-31\"", "$.certification.steps[1].from.value", "$.certification.steps[1].due.value")]
    [InlineData("\"08-01\"", "\"11-01\"", "$.certification.steps[1].from.value")]
    [InlineData("\"days\": 15,", "\"days\": 0,", "$.certification.publicity.days")]
    [InlineData("\"value\": 15,", "\"value\": 0,", "$.certification.evaluatorProjectsMax.value")]
    [InlineData("\"01-01\"", "\"04-16\"", "$.declarations.rounds[0].opens.value")]
    [InlineData("\"value\": 2026, \"article\": \"十\" }, \"lastYear\"", "\"value\": 26, \"article\": \"十\" }, \"lastYear\"", "$.declarations.rounds[0].firstYear.value")]
    [InlineData("\"value\": 2027", "\"value\": 2025", "$.declarations.rounds[0].lastYear.value")]
    [InlineData("\"value\": 2027", "\"value\": 2028", "$.declarations.rounds[1].name")]
    [InlineData("\"days\": 11,", "\"days\": -1,", "$.declarations.refiling.days")]
    [InlineData("\"days\": 12,", "\"days\": 0,", "$.declarations.demand.days")]
    [InlineData("\"refused\", \"ground\": \"bad\"", "\"refused\", \"ground\": \"worse\"", "$.declarations.opens[0].ground")]
    [InlineData("\"finding\": \"refused\"", "\"finding\": \"lowest-scores\"", "$.declarations.opens[1]")]
    [InlineData("{ \"finding\": \"lowest-scores\", \"ground\": \"bad\" }", "{ \"finding\": \"falsified\", \"ground\": \"bad\" }", "$.declarations.lowestScores")]
    [InlineData("\"honour\": \"green-factory\"", "\"honour\": \"green-park\"", "$.declarations.grades.honour")]
    [InlineData("\"value\": 40", "\"value\": 41", "$.declarations.grades.shares")]
    [InlineData("\"grade\": \"B\"", "\"grade\": \"A\"", "$.declarations.grades.shares[1]")]
    [InlineData("\"value\": 60, \"article\": \"十\" } }", "\"value\": 60, \"article\": \"十\" } }, null", "$.declarations.grades.shares[2]")]
    [InlineData("\"percent\": { \"value\": 5,", "\"percent\": { \"value\": 101,", "$.declarations.lowestScores.percent.value")]
    [InlineData("\"lowestScores\": {\n      \"level\": \"national\"", "\"lowestScores\": {\n      \"level\": \"municipal\"", "$.declarations.lowestScores.level")]
    [InlineData("\"value\": 6,", "\"value\": 0,", "$.goodPractice.everyMonths.value")]
    [InlineData("\"value\": 4,", "\"value\": 0,", "$.reEvaluation.everyYears.value")]
    [InlineData("\"owner\": \"holder\", \"days\": 31", "\"owner\": \"authority\", \"days\": 31", "$.reEvaluation.report.owner")]
    [InlineData("\"days\": 61,", "\"days\": 0,", "$.reEvaluation.announcement.days")]
    [InlineData("\"merger\", \"article\": \"十二\"", "\"split\", \"article\": \"十二\"", "$.reEvaluation.triggers[0].change")]
    [InlineData("\"failedGround\": \"bad\"", "\"failedGround\": \"worse\"", "$.reEvaluation.failedGround")]
    [InlineData("\"value\": 30,", "\"value\": 0,", "$.energyInspection.onSitePercent.value")]
    [InlineData("\"product-producer\"", "\"risk-class-rate\"", "$.energyInspection.rates", "$.energyInspection.triggers")]
    [InlineData("\"onSitePercent\"", "\"rates\": [ { \"percent\": { \"value\": 3, \"article\": \"十三\" } } ], \"onSitePercent\"", "$.energyInspection.rates")]
    [InlineData("\"ban\": {", "\"draws\": { \"rates\": [ { \"percent\": { \"value\": 3, \"article\": \"八\" } } ], \"visits\": { \"days\": 90, \"unit\": \"calendar\", \"article\": \"八\" }, \"publicSource\": { \"value\": \"x\", \"article\": \"八\" }, \"plans\": [ { \"name\": \"list\", \"purpose\": \"energy-list\", \"level\": \"national\", \"announcedOn\": { \"value\": \"01-15\", \"article\": \"八\" }, \"lead\": { \"days\": 7, \"unit\": \"calendar\", \"article\": \"八\" } } ] }, \"ban\": {", "$.draws.plans[0].purpose")]
    [InlineData("\"checks\": {", "\"checks\": { \"fields\": [ { \"kind\": \"barn\", \"field\": \"x\", \"article\": \"三\" } ],", "$.checks.fields[0].kind")]
    [InlineData("\"days\": 63,", "\"days\": 99999,", "$.energyInspection.rectification.days")]
    [InlineData("[\"complaint\"]", "[\"complaint\", \"complaint\"]", "$.energyInspection.withoutNotice.for[1]")]
    [InlineData("\"recheck\": { \"days\": 21, \"unit\": \"working\", \"article\": \"十三\" },\n    \"missedGround\": \"bad\"", "\"recheck\": { \"days\": 21, \"unit\": \"working\", \"article\": \"十三\" },\n    \"missedGround\": \"worse\"", "$.energyInspection.missedGround")]
    [InlineData("\"kind\": \"removed\"", "\"kind\": \"stopped\"", "$.vetoes[1]")]
    [InlineData("[\"grant\"]", "[]", "$.vetoes[1].checkedAt")]
    [InlineData("[\"grant\"]", "[\"yearly\"]", "$.vetoes[1].ground")]
    [InlineData("[\"application\", \"grant\", \"yearly\"]", "[\"application\", \"grant\"]", "$.vetoes[0].ground")]
    [InlineData("\"value\": 12, \"article\": \"十四\"", "\"value\": 0, \"article\": \"十四\"", "$.vetoes[0].months.value")]
    [InlineData("\"level\": \"major\", \"ground\": \"bad\"", "\"level\": \"major\", \"ground\": \"worse\"", "$.incidents.levels[0].ground")]
    [InlineData("[\"safety\"]", "[]", "$.incidents.kinds")]
    [InlineData("[\"rename\", \"merger\"]", "[\"rename\", \"merger\", \"rename\"]", "$.changes.kinds[2]")]
    [InlineData("\"owner\": \"holder\", \"days\": 30", "\"owner\": \"authority\", \"days\": 30", "$.changes.filing.owner")]
    [InlineData("\"surveillanceEveryMonths\": { \"value\": 12", "\"surveillanceEveryMonths\": { \"value\": 61", "$.certificates.surveillanceEveryMonths.value")]
    [InlineData("\"state\": \"expired\"", "\"state\": \"cancelled\"", "$.certificates.triggers")]
    [InlineData("\"name\": \"not-renewed\"", "\"name\": \"end\"", "$.certificates.triggers")]
    [InlineData("\"name\": \"defect\"", "\"name\": \"failed-surveillance\"", "$.certificates.triggers[1]")]
    [InlineData("\"days\": 90,", "\"days\": 0,", "$.certificates.renewal.days")]
    [InlineData("\"byLetter\": { \"value\": true, \"article\": \"十八\" }", "\"byLetter\": { \"value\": true, \"article\": \"\" }", "$.withdrawal.byLetter.article")]
    [InlineData("\"ban\": { \"years\": { \"value\": 3, \"article\": \"八\" }, \"followsSuccessors\": { \"value\": true, \"article\": \"八\" } },", "", "$.withdrawal.bansDuringCase.value")]
    [InlineData("\"days\": 22,", "\"days\": 0,", "$.notices.resultPublished.days")]
    [InlineData("\"days\": 7,", "\"days\": 0,", "$.notices.decisionServed.days")]
    [InlineData("\"value\": 6, \"article\": \"十九\"", "\"value\": 0, \"article\": \"十九\"", "$.notices.remedies[1].months.value")]
    [InlineData("\"original\": \"诉讼\", \"months\": { \"value\": 6, \"article\": \"十九\" }", "\"original\": \"诉讼\"", "$.notices.remedies[1].within")]
    [InlineData("\"original\": \"复议\"", "\"original\": \"\"", "$.notices.remedies[0].original")]
    [InlineData("\"from\": \"other\"", "\"from\": \"sample\"", "$.transfers[0].from")]
    [InlineData("\"2026-02-01\"", "\"2025-12-31\"", "$.transfers[0].on.value")]
    [InlineData("\"2026-02-01\"", "\"2026-01-31\"", "$.transfers[0].on")]
    [InlineData("\"from\": \"other\", \"honours\": [\"green-factory\"]", "\"from\": \"other\", \"honours\": [\"green-park\"]", "$.transfers[0].honours[0]")]
    [InlineData("\"from\": \"other\", \"honours\": [\"green-factory\"]", "\"from\": \"other\", \"honours\": []", "$.transfers[0].honours")]
    [InlineData("\"from\": [\"other\"]", "\"from\": []", "$.recognition[0].from")]
    [InlineData("\"level\": \"provincial\", \"article\": \"二一\"", "\"level\": \"municipal\", \"article\": \"二一\"", "$.recognition[0].honours[0]")]
    [InlineData("\"from\": [\"other\"], \"fromLevel\": \"national\"", "\"from\": [\"other\"], \"fromLevel\": \"provincial\"", "$.recognition[0].honours")]
    [InlineData("\"from\": [\"other\"]", "\"from\": [\"another\"]", "$.recognition[0].from")]
    public void A_wrong_content_is_refused_with_its_path(string good, string bad, params string[] paths) =>
        Assert.Equal(paths, FailuresOf(good, bad).Select(failure => failure.Path));

    [Fact]
    public void An_honour_is_transferred_from_a_policy_once()
    {
        const string Transfer = """{ "from": "other", "honours": ["green-factory"], "level": "national", "on": { "value": "2026-02-01", "article": "二十" } }""";

        Assert.Equal("$.transfers[1].honours", Assert.Single(FailuresOf(Transfer, $"{Transfer}, {Transfer.Replace("02-01", "03-01", StringComparison.Ordinal)}")).Path);
    }

    [Fact]
    public void Re_evaluation_for_a_late_change_needs_re_evaluation()
    {
        var from = Good.IndexOf("\"reEvaluation\"", StringComparison.Ordinal);
        var to = Good.IndexOf("\"energyInspection\"", StringComparison.Ordinal);

        Assert.Equal("$.changes.late.value", Assert.Single(FailuresOf(Good[from..to], "")).Path);
    }

    private static Policy Parse(string text) => ParseBoth(text)[0].Policy;

    private static IReadOnlyList<LoadedPolicy> ParseBoth(string text) =>
        PolicyFile.ParseAll([("sample.json", Encoding.UTF8.GetBytes(text)), ("other.json", Encoding.UTF8.GetBytes(Other))]);

    private static IReadOnlyList<PolicyFailure> FailuresOf(string good, string bad)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var at = Good.IndexOf(good, StringComparison.Ordinal);
        return Assert.Throws<PolicyException>(() => ParseBoth(string.Concat(Good.AsSpan(0, at), bad, Good.AsSpan(at + good.Length)))).Failures;
    }
}
