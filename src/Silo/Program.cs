using System.CommandLine;
using Supervision.Silo.Commands;
using Supervision.Silo.Configuration;

var (settings, command) = Arguments.Split(args);
var root = new RootCommand("""
    Supervision: keeps watch over certified green factories and the enterprises behind them.

    Without a command it serves: it starts PostgreSQL (or uses ConnectionStrings:Supervision), brings the schema up to
    date and answers on http://127.0.0.1:5080. Every setting can be given in appsettings.json, in the environment
    (Clock__Mode=manual) or here, before or after a command:

      --urls http://127.0.0.1:5080            where to answer
      --ConnectionStrings:Supervision=…       a PostgreSQL of your own (none: it runs its own)
      --Data:Directory=DIR                    where its files lie
      --Sample:Load=false                     begin with an empty register
      --Auth:BootstrapAdminKey=…              secret of the first admin key
      --Host:Kind=orleans                     grains on a cluster of Microsoft Orleans, in a build that has it
      --Clock:Mode=manual --Clock:Start=…     time that moves by POST /api/clock
    """)
{
    ServeCommand.Create(settings),
    VerifyLedgerCommand.Create(settings),
    VerifyDrawCommand.Create(),
    VerifyLogCommand.Create(),
    LogKeyCommand.Create(settings),
    KeysCommand.Create(settings),
    ImportCommand.Create(settings),
    BackupCommand.Create(settings),
    RestoreCommand.Create(settings),
};
root.SetAction((_, cancellationToken) => ServeCommand.RunAsync(settings, cancellationToken));
// A serving silo finishes what it has begun: its host waits up to 30 seconds for that, and its PostgreSQL stops after it; the default here is two.
return await root.Parse(command).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
