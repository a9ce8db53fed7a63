using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Supervision.Acceptance;

/// <summary>
/// What officers, inspectors and holders do over HTTP in a year that otherwise runs by itself. What they find follows from the names of what they look at, so
/// that nothing but the draws differs from run to run.
/// </summary>
internal sealed class SupervisionYear(SiloProcess silo, Client admin, Client li, Client wang)
{
    private readonly Dictionary<string, Client> _inspectors = [];

    /// <summary>Twelve inspectors with keys of their own.</summary>
    public async Task InspectorsAsync()
    {
        var file = new StringBuilder("id,name,regions,certificate_valid_until,fields,conflicts\n");
        for (var i = 1; i <= 12; i++)
            file.Append(CultureInfo.InvariantCulture, $"I-{i},检查员{i},,2030-12-31,,\n");
        await admin.ImportAsync(Encoding.UTF8.GetBytes(file.ToString()), list: "format=inspectors");
        for (var i = 1; i <= 12; i++)
        {
            var made = await admin.PostAsync("/api/keys", $$"""{"name":"inspector {{i}}","person":"I-{{i}}","role":"inspector"}""", 201);
            _inspectors[$"I-{i}"] = new Client(silo.Address, made.Text("key"));
        }
    }

    public Task MoveAsync(string now) => admin.PostAsync("/api/clock", $$"""{"now":"{{now}}"}""");

    /// <summary>Approves what plans have announced, as somebody who announced none of it.</summary>
    public async Task<IReadOnlyList<string>> ApproveAsync()
    {
        var approved = new List<string>();
        foreach (var draw in (await li.ListAsync("/api/draws")).Where(draw => draw.GetProperty("status").GetString() == "announced"))
        {
            approved.Add(draw.GetProperty("id").GetString()!);
            await li.PostAsync($"/api/draws/{approved[^1]}/approval", null);
        }

        return approved;
    }

    /// <summary>Random checks drawn on another platform, three of them clean, for which a title is exempt from then on.</summary>
    public async Task ExemptAsync(string factory, string on)
    {
        for (var n = 1; n <= 3; n++)
        {
            await li.PostAsync($"{factory}/checks", $$"""{"policy":"miit-2024","basis":"random","draw":"elsewhere-{{n}}","dueBy":"2027-12-31","inspectors":["I-1","I-2"]}""", 201);
            await wang.PostAsync($"{factory}/checks/check-{n}/approval", null);
            await li.PostAsync($"{factory}/checks/check-{n}/result", $$"""{"outcome":"clean","on":"{{on}}","inspectors":["I-1","I-2"],"findings":[]}""");
        }
    }

    /// <summary>The factories of a province declare, but for every fifth.</summary>
    public async Task<int> DeclareAsync(string region)
    {
        var filed = 0;
        foreach (var factory in await li.ListAsync($"/api/entities?kind=factory&region={region}&policy=miit-2024"))
        {
            if (Chance(factory.GetProperty("id").GetString()!, 5) == 0)
                continue;
            await li.PostAsync($"/api/entities/{factory.GetProperty("id").GetString()}/reports", """{"policy":"miit-2024","year":2026,"score":80,"reference":"table of 2026"}""", 201);
            filed++;
        }

        return filed;
    }

    /// <summary>Inspectors enter what they found on the checks of a draw, officers confirm it; one in twelve is left over.</summary>
    public async Task<int> CheckAsync(string on)
    {
        var made = 0;
        foreach (var item in await li.ListAsync("/api/checks"))
        {
            var (entity, check) = (item.GetProperty("entity").GetString()!, item.GetProperty("check"));
            var of = $"/api/entities/{entity}/checks/{check.GetProperty("id").GetString()}";
            string[] inspectors = [.. check.GetProperty("inspectors").EnumerateArray().Select(inspector => inspector.GetString()!)];
            var outcome = Chance(entity, 12) switch { 0 => null, 1 => "failed", 2 => "minor", 3 => "unreachable", 4 => "not-operating", _ => "clean" };
            if (outcome is null)
                continue;
            await _inspectors[inspectors[0]].PostAsync($"{of}/result", $$"""{"outcome":"{{outcome}}","on":"{{on}}","inspectors":["{{string.Join("\",\"", inspectors)}}"],"findings":[]}""");
            await li.PostAsync($"{of}/confirmation", null);
            made++;
        }

        return made;
    }

    /// <summary>What is left of the checks of draws is called off.</summary>
    public async Task<int> CallOffAsync()
    {
        var left = await li.ListAsync("/api/checks");
        foreach (var item in left)
            await li.PostAsync($"/api/entities/{item.GetProperty("entity").GetString()}/checks/{item.GetProperty("check").GetProperty("id").GetString()}/cancellation", """{"reason":"nobody had time"}""");
        return left.Count;
    }

    /// <summary>Notices of every case that waits for one.</summary>
    public async Task ServeAsync(string on)
    {
        foreach (var item in (await li.ListAsync("/api/cases?status=opened")).ToList())
            await li.PostAsync($"/api/entities/{item.GetProperty("entity").GetString()}/cases/{item.GetProperty("case").GetProperty("id").GetString()}/service", $$"""{"on":"{{on}}","method":"post"}""");
    }

    /// <summary>Decides every case of which the window has passed: rectification first where the policy has it, otherwise removal.</summary>
    public async Task<int> DecideAsync(Client decider, string on)
    {
        var removed = 0;
        foreach (var item in await li.ListAsync("/api/cases?status=served"))
        {
            var of = $"/api/entities/{item.GetProperty("entity").GetString()}/cases/{item.GetProperty("case").GetProperty("id").GetString()}/decision";
            var answer = await decider.SendAsync(HttpMethod.Post, of, $$"""{"outcome":"remove","reason":"requirements not met","number":"2027-{{removed + 1}}"}""");
            if (answer.Status == 200)
            {
                removed++;
                continue;
            }

            // Who is drawn is chance: the title may have been lost already by another case, for example one of energy inspection.
            if (answer.Code == "title-not-in-force")
            {
                await decider.PostAsync(of, """{"outcome":"dismiss","reason":"the title was lost by another case"}""");
                continue;
            }

            Assert.Equal("rectification-first", answer.Code);
            await decider.PostAsync(of, """{"outcome":"rectify","reason":"requirements not met"}""");
            await li.PostAsync($"{of}/service", $$"""{"on":"{{on}}","method":"post"}""");
        }

        return removed;
    }

    /// <summary>Who was drawn for a visit is inspected on site, of the others one in four in writing; what is found there is rectified by nobody but one in two.</summary>
    public async Task<(int OnSite, int Written)> InspectEnergyAsync(string on)
    {
        var (onSite, written) = (0, 0);
        foreach (var item in await li.ListAsync("/api/energy-inspections?year=2027"))
        {
            var (enterprise, entry) = (item.GetProperty("entity").GetString()!, item.GetProperty("inspection"));
            var of = $"/api/entities/{enterprise}/energy-inspections/{entry.GetProperty("id").GetString()}";
            var drawn = entry.GetProperty("onSite").ValueKind == JsonValueKind.Object;
            if (!drawn && Chance(enterprise, 4) != 0)
                continue;
            var violations = drawn && Chance(enterprise, 3) == 0;
            var inspectors = drawn ? await VisitAsync(enterprise, entry.GetProperty("onSite").GetProperty("visit").GetString()!, recuses: onSite == 0) : ["I-3", "I-4"];
            if (drawn)
                await _inspectors[inspectors[0]].PostAsync($"{of}/record", $$"""{"on":"{{on}}","holderSigned":true}""");
            await li.PostAsync($"{of}/result", $$"""
                {"outcome":"{{(violations ? "violations" : "compliant")}}","on":"{{on}}","method":"{{(drawn ? "on-site" : "written")}}",
                 "inspectors":["{{string.Join("\",\"", inspectors)}}"],"withoutNotice":"spot-check"}
                """);
            (onSite, written) = drawn ? (onSite + 1, written) : (onSite, written + 1);
            if (!violations)
                continue;
            await li.PostAsync($"{of}/opinion", $$"""{"on":"{{on}}","text":"none"}""");
            await li.PostAsync($"{of}/rectification", $$"""{"on":"{{on}}","number":"2027-E"}""");
        }

        return (onSite, written);
    }

    /// <summary>Who was drawn for a visit, or comes instead of one who was recused, enters and leaves, and is told.</summary>
    private async Task<string[]> VisitAsync(string enterprise, string id, bool recuses)
    {
        var visit = $"/api/entities/{enterprise}/visits/{id}";
        string[] inspectors = [.. (await li.GetAsync(visit)).Items("inspectors").Select(inspector => inspector.GetString()!)];
        if (recuses)
        {
            await AssertUntoldAsync(enterprise);
            inspectors = await RecuseAsync(enterprise, visit, inspectors);
        }

        await _inspectors[inspectors[0]].PostAsync($"{visit}/entry", "{}");
        await _inspectors[inspectors[0]].PostAsync($"{visit}/exit", "{}");
        return inspectors;
    }

    /// <summary>Before anybody was told, what was drawn for a visit looks as it stood in the plan of the year.</summary>
    private async Task AssertUntoldAsync(string enterprise)
    {
        using var bank = new Client(silo.Address, (await admin.PostAsync("/api/keys", """{"name":"bank","person":"bank","role":"integrator"}""", 201)).Text("key"));
        var shown = await bank.GetAsync($"/api/entities/{enterprise}");
        var entry = shown.Items("energyInspections")[^1];
        Assert.Equal(
            ("listed", "2027-12-31", "authority", JsonValueKind.Null, 0),
            (entry.GetProperty("status").GetString(), entry.GetProperty("dueBy").GetString(), entry.GetProperty("owner").GetString(), entry.GetProperty("onSite").ValueKind, shown.Items("visits").Count));
    }

    private async Task<string[]> RecuseAsync(string enterprise, string visit, string[] inspectors)
    {
        var other = _inspectors.Keys.Except(inspectors).First();
        await li.PostAsync($"{visit}/recusals", $$"""{"inspector":"{{inspectors[1]}}","reason":"a cousin"}""");
        var task = Assert.Single(await li.ListAsync("/api/inspection-tasks?task=recusal"));
        Assert.Equal((enterprise, inspectors[1]), (task.GetProperty("entity").GetString(), task.GetProperty("inspector").GetString()));
        await li.PostAsync($"{visit}/recusals/decision", $$"""{"inspector":"{{inspectors[1]}}","accepted":true,"reason":"a cousin","replacement":"{{other}}"}""");
        Assert.Empty(await li.ListAsync("/api/inspection-tasks?task=recusal"));
        return [inspectors[0], other];
    }

    private static int Chance(string of, int one) => SHA256.HashData(Encoding.UTF8.GetBytes(of))[0] % one;
}
