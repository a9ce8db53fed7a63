using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Supervision.Ledger.Keys;

namespace Supervision.Silo.Commands;

/// <summary>Makes keys from the command line.</summary>
internal static class KeysCommand
{
    public static Command Create(string[] settings)
    {
        var name = new Option<string>("--name") { Description = "What the key is called.", Required = true };
        var person = new Option<string>("--person") { Description = "Who uses it. Where four eyes are asked for, persons are compared.", Required = true };
        var role = new Option<string>("--role") { Description = "What it may be used for.", Required = true };
        role.AcceptOnlyFromAmong([.. KebabCase<Role>.Words]);
        var level = new Option<string>("--level") { Description = "Level of the authority it acts for.", DefaultValueFactory = _ => "national" };
        level.AcceptOnlyFromAmong([.. KebabCase<Level>.Words]);
        var regions = new Option<string[]>("--region") { Description = "A region of the authority: a code (430000) or a name (湖南). May be given several times.", AllowMultipleArgumentsPerToken = true };
        var enterprise = new Option<string?>("--enterprise") { Description = "The credit code of the enterprise that the key is bound to, for the role enterprise." };
        var body = new Option<string?>("--body") { Description = "The name of the body that the key is bound to, for the roles certification-body and evaluator." };
        var create = new Command("create", """
            Make a key and print its secret, once.

            Example: silo keys create --name "Hunan office" --person li.si --role officer --level provincial --region 湖南
            """) { name, person, role, level, regions, enterprise, body };
        create.SetAction((parsed, cancellationToken) => Failing.ReportAsync(() => CreateAsync(
            settings,
            new KeyRequest(
                parsed.GetRequiredValue(name), parsed.GetRequiredValue(person), KebabCase<Role>.Parse(parsed.GetRequiredValue(role)),
                KebabCase<Level>.Parse(parsed.GetRequiredValue(level)), parsed.GetValue(regions) ?? []),
            parsed.GetValue(enterprise), parsed.GetValue(body), cancellationToken)));
        return new Command("keys", "Keys of the interface.") { create };
    }

    private static Task<int> CreateAsync(string[] settings, KeyRequest request, string? enterprise, string? body, CancellationToken cancellationToken)
    {
        var scope = KeyScope.Read(request.Role, request.Level, request.Regions);
        var binding = KeyBinding.Read(request.Role, enterprise, body);
        var named = new[] { (Member: "name", Expected: GivenText.Refuse(request.Name)), (Member: "person", Expected: GivenText.Refuse(request.Person)) }
            .Where(fault => fault.Expected is not null).Select(fault => (fault.Member, Expected: fault.Expected!));
        if (scope.Faults.Concat(binding.Faults).Concat(named).ToList() is { Count: > 0 } faults)
            throw new CommandFailedException(string.Join(Environment.NewLine, faults.Select(fault => $"{fault.Member}: {fault.Expected}")));
        return CommandDatabase.UseAsync(settings, async (_, database, loggers) =>
        {
            await database.MigrateAsync(loggers, cancellationToken);
            using var keys = new KeyStore(database.Serving, TimeProvider.System, NullLogger<KeyStore>.Instance);
            // Without an identity a key is always made.
            var made = (await keys.CreateAsync(
                request with { Regions = scope.Regions, Enterprise = binding.Enterprise, Body = binding.Body }, "command line", identity: null, cancellationToken))!;
            Console.WriteLine($"{made.Id}\n{made.Key}");
            await CommandAudit.RecordAsync(database, "keys create", $"keys/{made.Id}");
            return 0;
        }, cancellationToken);
    }
}
