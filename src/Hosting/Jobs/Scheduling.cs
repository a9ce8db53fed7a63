using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Supervision.Grains.Calendars;

namespace Supervision.Hosting.Jobs;

/// <summary>Which jobs run when.</summary>
public static class Scheduling
{
    private const string TablePrefix = "qrtz_";

    // A node that died is noticed after two missed check-ins.
    private static readonly TimeSpan CheckinInterval = TimeSpan.FromSeconds(3);

    /// <summary>Every job.</summary>
    public static IReadOnlyList<JobDefinition> Jobs { get; } =
    [
        // Deadlines pass at midnight; reads apply them at once in any case.
        JobDefinition.Of<WakeUpJob>("wake-up", "0/10 * * * * ?", "Wakes the grains whose deadlines have passed."),
        // Titles come under other rules at midnight; what an interrupted run left is taken up soon.
        JobDefinition.Of<TitleTransferJob>("title-transfer", "0 0/10 * * * ?", "Moves the titles that have come under the rules of another policy, and brings about those that follow from others."),
        JobDefinition.Of<DutyJob>("duties", "30 * * * * ?", "Schedules what newly adopted policies ask for, lists whom the energy-conservation inspection of the year before found in violation, and ranks the rounds that are over."),
        JobDefinition.Of<DrawJob>("draws", "45 0/5 * * * ?", "Announces the draws that policies plan, makes, completes and opens those that are due."),
        JobDefinition.Of<ReminderJob>("reminders", "0 0 7 * * ?", "Reminds holders of the deadlines that they have to meet."),
        JobDefinition.Of<ForgetOutcomesJob>("forget-outcomes", "0 30 3 * * ?", "Forgets the outcomes of commands after their time."),
        JobDefinition.Of<ForgetDeliveriesJob>("forget-deliveries", "0 45 3 * * ?", "Forgets what became of deliveries to subscribers after their time."),
    ];

    /// <summary>The scheduler's own tables, as its package brings them.</summary>
    public static IReadOnlyDictionary<string, string> Scripts()
    {
        const string resource = "Quartz.Impl.AdoJobStore.Schema.create_postgres.sql";
        using var stream = typeof(IScheduler).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The scheduler's package has no {resource}.");
        using var reader = new StreamReader(stream);
        return new Dictionary<string, string> { ["quartz-" + typeof(IScheduler).Assembly.GetName().Version] = Fill(reader.ReadToEnd()) };
    }

    /// <summary>The script leaves the prefix of its tables and indexes open.</summary>
    private static string Fill(string script) =>
        script.Replace("{0}", TablePrefix, StringComparison.Ordinal).Replace("{1}", TablePrefix, StringComparison.Ordinal);

    /// <summary>Adds the clustered scheduler on the silo's database and time, with its jobs.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services, string connectionString, TimeProvider clock)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.InstanceId = "AUTO");
            quartz.UseTimeProvider(clock);
            quartz.UsePersistentStore(store =>
            {
                store.ConfigureStore(options => (options.StoreJobDataAsStrings, options.TablePrefix) = (true, TablePrefix));
                store.UsePostgres(connectionString);
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = CheckinInterval;
                    cluster.CheckinMisfireThreshold = CheckinInterval;
                });
            });
            foreach (var job in Jobs)
                Schedule(quartz, job);
        });
        services.AddHostedService<TriggerRepair>();
        return services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>Adds the jobs themselves, with what runs them.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        foreach (var job in Jobs)
            services.AddSingleton(job.Type);
        services.AddSingleton(Jobs);
        services.AddSingleton<JobRunner>();
        return services.AddSingleton<IJobs>(provider => provider.GetRequiredService<JobRunner>());
    }

    private static void Schedule(IQuartzBuilder quartz, JobDefinition job)
    {
        var key = new JobKey(job.Name);
        quartz.AddJob<FiredJob>(fired => fired.WithIdentity(key).WithDescription(job.Description).StoreDurably());
        quartz.AddTrigger(trigger => trigger
            .ForJob(key)
            .WithIdentity(key.Name)
            .WithCronSchedule(job.Cron, schedule => schedule.InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(CivilTime.TimeZone))));
    }
}
