namespace Supervision.Grains.Policies;

/// <summary>Finds what policies say of each other that does not fit.</summary>
internal static class PolicyReferences
{
    /// <summary>Every failure, in the order of files.</summary>
    public static IReadOnlyList<PolicyFailure> Validate(IReadOnlyList<(string File, Policy Policy)> policies)
    {
        var failures = new List<PolicyFailure>();
        foreach (var (file, policy) in policies)
        {
            foreach (var (i, rule) in (policy.Transfers ?? []).Index())
            {
                Check(file, $"$.transfers[{i}]", rule.From, rule.Honours, rule.Level, policy);
                CheckTransfer(file, $"$.transfers[{i}]", rule, policy);
            }

            foreach (var (i, rule) in (policy.Recognition ?? []).Index())
            {
                foreach (var from in rule.From)
                    Check(file, $"$.recognition[{i}]", from, rule.Honours, rule.FromLevel, policy);
            }
        }

        return failures;

        void CheckTransfer(string file, string path, TransferRule rule, Policy policy)
        {
            foreach (var honour in rule.Honours)
            {
                if (Find(rule.From) is { } source && FindHonour(source, honour) is { } granted && !((granted.GrantedUntil ?? source.EffectiveTo)?.Value < rule.On.Value))
                    failures.Add(new PolicyFailure(file, $"{path}.on", $"'{rule.From}' still grants '{honour}' on {rule.On.Value:yyyy-MM-dd}."));
                if (policies.Any(other => other.Policy != policy && (other.Policy.Transfers ?? []).Any(taken =>
                    string.Equals(taken.From, rule.From, StringComparison.Ordinal) && taken.Level == rule.Level && taken.Honours.Contains(honour))))
                {
                    failures.Add(new PolicyFailure(file, $"{path}.honours", $"Another policy takes '{honour}' over from '{rule.From}'."));
                }
            }
        }

        Policy? Find(string id) => policies.Select(other => other.Policy).FirstOrDefault(other => string.Equals(other.Id, id, StringComparison.Ordinal));

        void Check(string file, string path, string from, IReadOnlyList<string> honours, Level level, Policy policy)
        {
            if (Find(from) is not { } source)
            {
                failures.Add(new PolicyFailure(file, $"{path}.from", $"There is no policy '{from}'."));
                return;
            }

            foreach (var honour in honours)
            {
                if (FindHonour(source, honour) is not { } granted || !granted.Levels.Contains(level))
                    failures.Add(new PolicyFailure(file, $"{path}.honours", $"'{from}' does not grant '{honour}' at the level {KebabCase<Level>.Word(level)}."));
                else if (!string.Equals(granted.Kind, FindHonour(policy, honour)!.Kind, StringComparison.Ordinal))
                    failures.Add(new PolicyFailure(file, $"{path}.honours", $"'{from}' grants '{honour}' to another kind of entity."));
            }
        }
    }

    private static Honour? FindHonour(Policy policy, string name) =>
        policy.Honours.FirstOrDefault(honour => string.Equals(honour.Name, name, StringComparison.Ordinal));
}
