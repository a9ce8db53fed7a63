namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Ways of a certificate of Huzhou, issued on 2025-06-15.</summary>
internal static class CertificatePaths
{
    public const string Policy = "huzhou-product";

    public const string BodyName = "某某认证中心";

    public static readonly GrainId Product = GrainId.Of(GrainKind.Product, "H-1-D-0001");

    public static readonly TitleRef Title = new(Policy, "green-product-certification", Level.Municipal);

    public static readonly TitleChoice Choice = new(Policy);

    public static readonly Actor Huzhou = People.Of(Level.Municipal, "330500");

    public static readonly Actor Body = BodyOf(BodyName);

    /// <summary>The enterprise that makes the product.</summary>
    public static readonly Actor Holder = new("p-holder", "holder", Role.Enterprise, Authority.National) { Enterprise = Scenario.Enterprise, Own = [Scenario.Enterprise] };

    public static Actor BodyOf(string name) => new($"p-{name}", name, Role.CertificationBody, Authority.National) { Body = name };

    public static Scenario Issued() => new Scenario().On("2025-06-15")
        .Given(Ask.Register("清洁剂", "330522") with { EnterpriseName = Scenario.Name }, People.A, Product)
        .Given(new GrainCommand.GrantTitle(Policy, null, Level.Municipal, "C-1", Ask.Day("2025-06-15"), BodyName), Huzhou, Product);

    public static Scenario Valid() => Issued().On("2026-06-10");

    public static Scenario Suspended() => Valid().Sent(Change(CertificateState.Suspended, "misused-certificate", "2026-06-10"));

    public static Scenario Ending() => Issued().On("2030-05-01").Woken();

    public static Scenario Applied() => Ending().Sent(new GrainCommand.ApplyForRenewal(Choice, Ask.Day("2030-05-01")));

    public static GrainCommand.ChangeCertificate Change(CertificateState state, string trigger, string on) => new(Choice, state, trigger, Ask.Day(on), "reason", "N-1");

    public static GrainCommand.RecordSurveillance Surveillance(SurveillanceOutcome outcome, string on) => new(Choice, Ask.Day(on), outcome, "report");

    /// <summary>Has the body send a command.</summary>
    public static Scenario Sent(this Scenario scenario, GrainCommand command) => scenario.Given(command, Body, Product);

    public static Scenario Woken(this Scenario scenario) => scenario.Given(new GrainCommand.WakeUp(), Actor.System, Product);

    public static Title Held(this Scenario scenario) => scenario.Of(Product).Titles.Single();
}
