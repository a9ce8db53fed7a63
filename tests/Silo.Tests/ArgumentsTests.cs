using Supervision.Silo.Configuration;

namespace Supervision.Silo.Tests;

public sealed class ArgumentsTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("--Clock:Mode=manual", "--Clock:Mode=manual", "")]
    [InlineData("--Clock:Mode manual", "--Clock:Mode manual", "")]
    [InlineData("--urls http://127.0.0.1:1 serve", "--urls http://127.0.0.1:1", "serve")]
    [InlineData("--URLS=http://127.0.0.1:1", "--URLS=http://127.0.0.1:1", "")]
    [InlineData("verify-ledger --Data:Directory=/x", "--Data:Directory=/x", "verify-ledger")]
    [InlineData("--Data:Directory /x backup /y", "--Data:Directory /x", "backup /y")]
    [InlineData("keys create --name a --person b --Data:Directory=/x --role officer", "--Data:Directory=/x", "keys create --name a --person b --role officer")]
    [InlineData("--Logging:LogLevel:Microsoft.AspNetCore=Debug", "--Logging:LogLevel:Microsoft.AspNetCore=Debug", "")]
    [InlineData("--ConnectionStrings:Supervision=Host=a;Database=b", "--ConnectionStrings:Supervision=Host=a;Database=b", "")]
    [InlineData("--help", "", "--help")]
    [InlineData("--urlsafe x", "", "--urlsafe x")]
    [InlineData("--Clock:Mode", "--Clock:Mode", "")]
    public void Settings_and_the_command_are_told_apart_wherever_they_stand(string line, string settings, string command)
    {
        var split = Arguments.Split(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(settings, string.Join(' ', split.Settings));
        Assert.Equal(command, string.Join(' ', split.Command));
    }
}
