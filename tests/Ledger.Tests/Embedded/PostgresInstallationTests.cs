using Supervision.Ledger.Embedded;

namespace Supervision.Ledger.Tests.Embedded;

public sealed class PostgresInstallationTests
{
    [Fact]
    public void The_installation_has_the_programs_of_the_server()
    {
        var installation = PostgresInstallation.Find();

        Assert.True(installation.Major >= 14, $"PostgreSQL {installation.Version} is too old.");
        Assert.StartsWith($"{installation.Major}", installation.Version, StringComparison.Ordinal);
        Assert.All(["initdb", "pg_ctl", "postgres", "pg_dump", "pg_restore"], program => Assert.True(File.Exists(installation.Program(program))));
    }

    [Fact]
    public void A_missing_program_is_named_with_the_package_that_has_it()
    {
        var installation = PostgresInstallation.Find();

        var exception = Assert.Throws<EmbeddedPostgresException>(() => installation.Program("pg_nonesuch"));

        Assert.Contains("pg_nonesuch", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"postgresql-client-{installation.Major}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_of_another_major_version_are_refused_naming_both()
    {
        var installation = PostgresInstallation.Find();

        var exception = Assert.Throws<EmbeddedPostgresException>(() => PostgresInstallation.FindFor("/somewhere/data", major: 9));

        Assert.Contains("/somewhere/data", exception.Message, StringComparison.Ordinal);
        Assert.Contains("PostgreSQL 9", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"PostgreSQL {installation.Version}", exception.Message, StringComparison.Ordinal);
    }
}
