namespace Supervision.Api.Tests;

/// <summary>Jobs and reminders over HTTP.</summary>
public sealed class JobTests(SharedApi shared) : IClassFixture<SharedApi>
{
    [Fact]
    public async Task Jobs_are_listed_with_their_last_and_next_runs()
    {
        var job = (await (await shared.Api.SendAsync("GET", "/api/jobs", key: "auditor")).JsonAsync()).GetProperty("items")[0];

        Assert.Equal(("wake-up", "0/10 * * * * ?", "Asia/Shanghai"), (job.GetProperty("name").GetString(), job.GetProperty("cron").GetString(), job.GetProperty("timeZone").GetString()));
        Assert.Equal(("done", 12), (job.GetProperty("lastRun").GetProperty("outcome").GetString(), job.GetProperty("lastRun").GetProperty("durationMilliseconds").GetInt32()));
        var runs = (await (await shared.Api.SendAsync("GET", "/api/jobs/wake-up/runs", key: "admin")).JsonAsync()).GetProperty("items");
        Assert.Equal("3 grains were woken", runs[0].GetProperty("detail").GetString());
    }

    [Fact]
    public async Task An_administrator_runs_a_job_and_the_run_bears_the_name_and_stands_in_the_audit_trail()
    {
        await using var api = await ApiHost.StartAsync();

        var run = await (await api.SendAsync("POST", "/api/jobs/wake-up/run", key: "admin")).JsonAsync();

        Assert.Equal("p-Admin", run.GetProperty("by").GetString());
        Assert.Contains(api.Audit.Entries, entry => entry.Route == "/api/jobs/{id}/run");
        await (await api.SendAsync("POST", "/api/jobs/none/run", key: "admin")).ProblemAsync(404, "job-not-found");
        await (await api.SendAsync("GET", "/api/jobs/none/runs", key: "admin")).ProblemAsync(404, "job-not-found");
        await (await api.SendAsync("POST", "/api/jobs/wake-up/run")).ProblemAsync(403, "role-not-allowed");
    }

    [Fact]
    public async Task Reminders_are_those_of_the_regions_or_of_the_enterprise_of_the_key()
    {
        await using var api = await ApiHost.StartAsync();

        var page = await (await api.SendAsync("GET", "/api/reminders?dueFrom=2026-05-01&limit=1", key: "hunan")).JsonAsync();
        var item = page.GetProperty("items")[0];
        Assert.Equal(["430000"], api.Reminders.Filter!.Regions);
        Assert.Equal(new DateOnly(2026, 5, 1), api.Reminders.Filter.DueFrom);
        Assert.Equal((30, "rectification", "holder"), (item.GetProperty("daysBefore").GetInt32(), item.GetProperty("deadline").GetProperty("kind").GetString()!, item.GetProperty("deadline").GetProperty("owner").GetString()!));
        await api.SendAsync("GET", $"/api/reminders?dueFrom=2026-05-01&limit=1&cursor={page.GetProperty("nextCursor").GetString()}", key: "hunan");
        Assert.Equal(7, api.Reminders.Before);

        await api.SendAsync("GET", "/api/reminders", key: "enterprise");
        Assert.Contains(Entities.Enterprise, api.Reminders.Filter.Own!);
        await api.SendAsync("GET", "/api/reminders", key: "inspector");
        Assert.True(api.Reminders.Filter.Unrestricted);
        await (await api.SendAsync("GET", "/api/reminders?cursor=x")).ProblemAsync(400, "invalid-request");
    }
}
