namespace Supervision.Grains.Tests.Identity;

public sealed class KeyBindingTests
{
    [Theory]
    [InlineData("91430100MA4L16JQ9D", "enterprise/91430100MA4L16JQ9D")]
    [InlineData("enterprise/91430100MA4L16JQ9D", "enterprise/91430100MA4L16JQ9D")]
    [InlineData("u-0123456789abcdef", "enterprise/u-0123456789abcdef")]
    public void The_key_of_an_enterprise_is_bound_to_its_identity(string given, string enterprise)
    {
        var binding = KeyBinding.Read(Role.Enterprise, given, body: null);

        Assert.Empty(binding.Faults);
        Assert.Equal((enterprise, null), (binding.Enterprise?.Value, binding.Body));
    }

    [Fact]
    public void That_of_a_body_is_bound_to_its_name()
    {
        foreach (var role in new[] { Role.CertificationBody, Role.Evaluator })
            Assert.Equal(("某某认证中心", 0), (KeyBinding.Read(role, null, "某某认证中心").Body, KeyBinding.Read(role, null, "某某认证中心").Faults.Count));
    }

    [Theory]
    [InlineData(Role.Enterprise, null, null, "enterprise")]
    [InlineData(Role.Enterprise, "91430100MA4L16JQ9A", null, "enterprise")]
    [InlineData(Role.Enterprise, "factory/N-1-F-0001", null, "enterprise")]
    [InlineData(Role.Enterprise, "91430100MA4L16JQ9D", "x", "body")]
    [InlineData(Role.CertificationBody, null, null, "body")]
    [InlineData(Role.Evaluator, null, " ", "body")]
    [InlineData(Role.Evaluator, "91430100MA4L16JQ9D", "x", "enterprise")]
    [InlineData(Role.Officer, "91430100MA4L16JQ9D", null, "enterprise")]
    [InlineData(Role.Auditor, null, "x", "body")]
    public void What_does_not_fit_the_role_is_named(Role role, string? enterprise, string? body, string member)
    {
        var binding = KeyBinding.Read(role, enterprise, body);

        Assert.Equal(member, Assert.Single(binding.Faults).Member);
        Assert.Equal((null, null), (binding.Enterprise, binding.Body));
    }

    [Theory]
    [InlineData(Role.Enterprise)]
    [InlineData(Role.CertificationBody)]
    [InlineData(Role.Evaluator)]
    public void A_party_acts_for_no_authority(Role role) =>
        Assert.Equal(["level"], KeyScope.Read(role, Level.Provincial, ["430000"]).Faults.Select(fault => fault.Member));
}
