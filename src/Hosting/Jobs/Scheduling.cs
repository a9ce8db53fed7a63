using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Supervision.Grains.Calendars;

namespace Supervision.Hosting.Jobs;

/// <summary>Which jobs run when.</summary>
public static class Scheduling
{
    // Deadlines pass at midnight; reads apply them at once in any case.
    private const string WakeUpCron = "0/10 * * * * ?";

    // Titles come under other rules at midnight; what an interrupted run left is taken up soon.
    private const string TitleTransferCron = "0 0/10 * * * ?";

    private const string TablePrefix = "qrtz_";

    private const string DutyCron = "30 * * * * ?";

    private const string DrawCron = "45 0/5 * * * ?";

    private const string ForgetOutcomesCron = "0 30 3 * * ?";

    // A node that died is noticed after two missed check-ins.
    private static readonly TimeSpan CheckinInterval = TimeSpan.FromSeconds(3);

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
            AddJob<WakeUpJob>(quartz, WakeUpJob.Key, WakeUpCron);
            AddJob<TitleTransferJob>(quartz, TitleTransferJob.Key, TitleTransferCron);
            AddJob<DutyJob>(quartz, DutyJob.Key, DutyCron);
            AddJob<DrawJob>(quartz, DrawJob.Key, DrawCron);
            AddJob<ForgetOutcomesJob>(quartz, ForgetOutcomesJob.Key, ForgetOutcomesCron);
        });
        return services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    private static void AddJob<TJob>(IQuartzBuilder quartz, JobKey key, string cron)
        where TJob : IJob
    {
        quartz.AddJob<TJob>(job => job.WithIdentity(key).StoreDurably());
        quartz.AddTrigger(trigger => trigger
            .ForJob(key)
            .WithIdentity(key.Name)
            .WithCronSchedule(cron, schedule => schedule.InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(CivilTime.TimeZone))));
    }
}
