using System.Security.Cryptography;
using System.Text;

namespace Supervision.Hosting.Tests;

/// <summary>Grains, persons and commands that the tests share.</summary>
internal static class Given
{
    public const string Policy = "miit-2016";

    public static readonly Actor Officer = new("p-officer", "officer", Role.Officer, Authority.National);

    public static readonly Actor SecondOfficer = new("p-second", "second", Role.Officer, Authority.National);

    public static readonly TitleChoice Title = new(Policy);

    public static GrainId Factory(string key) => GrainId.Of(GrainKind.Factory, key);

    public static GrainCommand Register(string name = "某某股份有限公司", string? riskClass = null) =>
        new GrainCommand.Register(name, "430100", "机械", riskClass, Enterprise: null);

    public static GrainCommand Grant(DateOnly on) => new GrainCommand.GrantTitle(Policy, null, Level.National, "N-1", on, null);

    public static GrainCommand OrderRandom(DateOnly dueBy, string draw = "draw-1") =>
        new GrainCommand.OrderCheck(Title, CheckBasis.Random, null, draw, dueBy, ["i-1", "i-2"], []);

    public static GrainCommand OrderDirected(DateOnly dueBy) =>
        new GrainCommand.OrderCheck(Title, CheckBasis.Directed, "complaint", null, dueBy, [], []);

    public static GrainCommand Result(string check, CheckOutcome outcome, DateOnly on) =>
        new GrainCommand.RecordResult(check, outcome, on, ["i-1", "i-2"], []);

    /// <summary>The identity of a command: the same for the same name, with the hash of the request.</summary>
    public static CommandIdentity Identity(string name, string request = "") =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)), SHA256.HashData(Encoding.UTF8.GetBytes(request)));

    /// <summary>A registered factory with a title, on that silo.</summary>
    public static async Task<GrainId> CertifiedAsync(TestSilo silo, string key, string name = "某某股份有限公司")
    {
        var factory = Factory(key);
        await AcceptAsync(silo, factory, Register(name));
        await AcceptAsync(silo, factory, Grant(new DateOnly(2017, 2, 1)));
        return factory;
    }

    public static async Task<CommandOutcome> AcceptAsync(TestSilo silo, GrainId grain, GrainCommand command, CommandIdentity? identity = null)
    {
        var outcome = await silo.SendAsync(grain, command, Officer, identity);
        Assert.Null(outcome.Rejection);
        Assert.Equal(CommandStatus.Accepted, outcome.Status);
        return outcome;
    }
}
