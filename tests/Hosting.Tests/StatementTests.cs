using Supervision.Hosting.Activations;
using Supervision.Testing;

namespace Supervision.Hosting.Tests;

public sealed class StatementTests
{
    [Fact]
    public async Task Every_statement_fits_the_schema()
    {
        await using var register = await TestRegister.CreateAsync();
        Assert.Empty(await Statements.FailingAsync(typeof(GrainHost).Assembly, register.Owner));
    }
}
