using Supervision.Hosting.Tests.Reading;

namespace Supervision.Hosting.Tests.Imports;

/// <summary>What is in a register before a list comes that no list can bring about.</summary>
internal static class RegisterBefore
{
    private const string CreditCode = "91350100M000100Y43";

    private static readonly DateTimeOffset Before = new(2022, 8, 1, 1, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Now = new(2023, 3, 1, 1, 0, 0, TimeSpan.Zero);

    /// <summary>A ban, merged entities, an enterprise that is known twice with a title each time, who evaluates, and who inspects already.</summary>
    public static async Task BringAboutAsync(TestRegister register, TestSilo silo)
    {
        register.Time.MoveTo(Before);
        var banned = await Given.CertifiedAsync(silo, "S-banned", "湖南禁报厂");
        await silo.RemovedAsync(banned, new DateOnly(2022, 8, 1));

        await RegisterAsync(silo, Given.Factory("B-26"), "并入别处的厂", "430000");
        await MergeAsync(silo, Given.Factory("B-26"), Given.Factory("S-2"));
        await RegisterAsync(silo, Product("N-1-D-0016"), "产品17", "430000", "湖南第17公司");
        await MergeAsync(silo, Product("N-1-D-0016"), Product("S-3"));

        await RegisterAsync(silo, Given.Factory("S-1"), "深圳某厂", "440300");
        var (byName, byCode) = (EntityName.EnterpriseOf("深圳双称公司"), GrainId.Of(GrainKind.Enterprise, CreditCode));
        foreach (var (enterprise, name) in ((GrainId, string)[])[(byName, "深圳双称公司"), (byCode, "深圳某公司")])
        {
            await RegisterAsync(silo, enterprise, name, "440300");
            await SendAsync(silo, enterprise, new GrainCommand.GrantTitle("shenzhen-2022", "green-enterprise", Level.Municipal, null, new DateOnly(2022, 8, 1), null));
        }

        await SendAsync(silo, GrainId.Of(GrainKind.Inspector, "Z-1"), new GrainCommand.RegisterInspector(PrivateText.Of("壬", new byte[16]), [], new DateOnly(2030, 12, 31), [], []));
        await silo.Keys.CreateAsync(new KeyRequest("x", "E-1", Role.Evaluator, Level.National, [], Body: "某某评价中心"), "p-a", null, TestContext.Current.CancellationToken);
        await silo.Follower.CatchUpAsync(TestContext.Current.CancellationToken);
        register.Time.MoveTo(Now);
    }

    private static GrainId Product(string key) => GrainId.Of(GrainKind.Product, key);

    private static Task RegisterAsync(TestSilo silo, GrainId grain, string name, string region, string? enterprise = null) =>
        SendAsync(silo, grain, new GrainCommand.Register(name, region, null, null, null, enterprise));

    /// <summary>Merges an entity into a new one.</summary>
    private static async Task MergeAsync(TestSilo silo, GrainId grain, GrainId into)
    {
        await RegisterAsync(silo, into, "留下的", "430000", "湖南第17公司");
        await SendAsync(silo, grain, new GrainCommand.Merge(into, "notice"));
    }

    private static async Task SendAsync(TestSilo silo, GrainId grain, GrainCommand command) =>
        Assert.Null((await silo.SendAsync(grain, command, Actor.System)).Rejection);
}
