using System.CommandLine;
using Supervision.Bench;

var entities = new Option<int>("--entities") { Description = "Entities in the database.", DefaultValueFactory = _ => 1_000_000 };
var directory = new Option<string?>("--directory") { Description = "Where the database lies; kept, and used again when it is there. Default: a temporary one." };
var seconds = new Option<int>("--seconds") { Description = "How long each throughput is measured.", DefaultValueFactory = _ => 15 };
var only = new Option<string[]>("--only") { Description = "What to measure: import, draws, webhooks, results, http, log, reads, register, feed, streams, waking, midnight, verify, start; orleans, which bench/run builds for. Default: everything but orleans.", AllowMultipleArgumentsPerToken = true };
var root = new RootCommand("Measures a silo against baselines in the same run.") { entities, directory, seconds, only };
root.SetAction((parsed, cancellationToken) => BenchRun.RunAsync(
    new BenchOptions(parsed.GetValue(entities), parsed.GetValue(directory), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(only) ?? []), cancellationToken));
return await root.Parse(args).InvokeAsync();
