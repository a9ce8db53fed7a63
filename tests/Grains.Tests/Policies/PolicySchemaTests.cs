using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

public sealed class PolicySchemaTests
{
    private const string UpdateVariable = "UPDATE_SCHEMA";

    [Fact]
    public void The_schema_beside_the_policies_is_the_one_of_the_types()
    {
        var path = RepositoryFile.PathOf("policies", PolicyFile.SchemaName);
        if (Environment.GetEnvironmentVariable(UpdateVariable) is "1")
            File.WriteAllText(path, PolicyFile.Schema());

        Assert.True(
            File.Exists(path) && string.Equals(File.ReadAllText(path), PolicyFile.Schema(), StringComparison.Ordinal),
            $"policies/{PolicyFile.SchemaName} is not what the policy types give. Run this test with {UpdateVariable}=1 to write it anew, and commit it.");
    }
}
