using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Orleans.Runtime.MembershipService;
using Supervision.Silo.Orleans.Cluster;
using Supervision.Silo.Orleans.Tls;

namespace Supervision.Silo.Orleans.Tests;

/// <summary>Silos that prove to each other that they belong to the cluster, and those that cannot.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _files = new();

    [Fact]
    public async Task Silos_whose_certificates_an_authority_gave_form_a_cluster_and_pass_commands_on()
    {
        using var authority = _files.Authority("authority.pem");
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register, configure: Trusting(_files.Pfx("one.pfx", TestCertificates.Silo(authority), "secret"), "secret"));
        var (certificate, key) = _files.Pem("two", TestCertificates.Silo(authority), "secret");
        await using var two = await ClusterMember.JoinAsync(register, configure: Trusting(certificate, "secret", key));

        await PassOnAsync(one, two);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Silos_whose_certificates_are_named_form_a_cluster_and_pass_commands_on()
    {
        var certificates = new[] { TestCertificates.Silo(issuer: null), TestCertificates.Silo(issuer: null) };
        var thumbprints = string.Join(", ", certificates.Select(certificate => certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()));
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register, configure: Named(_files.Pfx("one.pfx", certificates[0])));
        await using var two = await ClusterMember.JoinAsync(register, configure: Named(_files.Pfx("two.pfx", certificates[1])));

        await PassOnAsync(one, two);

        Action<OrleansOptions> Named(string path) => options => options.Tls = new TlsSettings { Certificate = path, Thumbprints = thumbprints };
    }

    [Fact]
    public async Task A_silo_with_a_certificate_of_another_authority_does_not_join_and_the_others_go_on()
    {
        using var authority = _files.Authority("authority.pem");
        using var foreign = _files.Authority("foreign.pem");
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register, configure: Trusting(_files.Pfx("one.pfx", TestCertificates.Silo(authority))));
        var options = new OrleansOptions();
        Trusting(_files.Pfx("two.pfx", TestCertificates.Silo(foreign)), authority: "foreign.pem")(options);
        Assert.Empty(options.Failures());

        // It waits for an answer of those in the cluster, which do not speak with it, before it says that it cannot join.
        await Assert.ThrowsAsync<OrleansClusterConnectivityCheckFailedException>(() => ClusterMember.JoinAsync(
            register, configure: stranger => (stranger.Tls, stranger.ProbeSeconds, stranger.JoinTimeMax) = (options.Tls, 1, TimeSpan.FromSeconds(2))));

        await one.AcceptAsync(Given.Factory("F-1"), Given.Register());
    }

    [Theory]
    [InlineData("authority", true)]
    [InlineData("foreign", false)]
    [InlineData("expired", false)]
    [InlineData("nobody", false)]
    [InlineData("none", false)]
    public async Task Whoever_calls_the_port_has_to_have_a_certificate_of_the_cluster(string of, bool isLetIn)
    {
        using var authority = _files.Authority("authority.pem");
        using var foreign = _files.Authority("foreign.pem");
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register, configure: Trusting(_files.Pfx("one.pfx", TestCertificates.Silo(authority))));
        using var certificate = of switch
        {
            "authority" => TestCertificates.Silo(authority),
            "foreign" => TestCertificates.Silo(foreign),
            "expired" => TestCertificates.Silo(authority, age: TimeSpan.FromDays(1.5)),
            "nobody" => TestCertificates.Silo(issuer: null),
            _ => null,
        };

        using var connection = new TcpClient();
        await connection.ConnectAsync(one.Address, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(connection.GetStream());
        var refused = await Record.ExceptionAsync(async () =>
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "silo",
                    ApplicationProtocols = [new SslApplicationProtocol("Orleans1")],
                    ClientCertificates = certificate is null ? null : [certificate],
                    RemoteCertificateValidationCallback = (_, server, _, _) => server is not null,
                },
                TestContext.Current.CancellationToken);
            // Of TLS 1.3 a client learns that it was refused when it reads. Orleans begins with who it is.
            await stream.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);
        });

        Assert.Equal(isLetIn, refused is null);
        if (!isLetIn)
            Assert.True(refused is IOException or AuthenticationException, refused!.ToString());
    }

    [Fact]
    public async Task Who_speaks_in_the_clear_is_cut_off()
    {
        using var authority = _files.Authority("authority.pem");
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register, configure: Trusting(_files.Pfx("one.pfx", TestCertificates.Silo(authority))));

        using var connection = new TcpClient();
        await connection.ConnectAsync(one.Address, TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        await stream.WriteAsync(new byte[64], TestContext.Current.CancellationToken);

        // Nothing, or the alert of TLS that this is not TLS.
        var answer = new byte[64];
        var length = await stream.ReadAsync(answer, TestContext.Current.CancellationToken);
        Assert.True(length == 0 || answer[0] == 21, Convert.ToHexString(answer, 0, length));
    }

    [Fact]
    public void A_chain_over_an_intermediate_authority_is_followed()
    {
        using var root = _files.Authority("chain.pem");
        using var intermediate = _files.Authority("chain.pem", root);
        using var certificate = TestCertificates.Silo(intermediate);

        Assert.True(Trust("chain.pem").Trusts(certificate));
        using var another = _files.Authority("another.pem");
        Assert.False(Trust("another.pem").Trusts(certificate));
        // The one that signed it says nothing without the one that signed that.
        File.WriteAllText(_files["half.pem"], intermediate.ExportCertificatePem());
        Assert.False(Trust("half.pem").Trusts(certificate));

        SiloTrust Trust(string file) => new(new TlsSettings { Authority = _files[file] }.LoadAuthorities(), []);
    }

    [Fact]
    public void Everything_that_is_wrong_with_the_settings_is_said()
    {
        using var authority = _files.Authority("authority.pem");
        using var foreign = _files.Authority("foreign.pem");
        var good = _files.Pfx("good.pfx", TestCertificates.Silo(authority), "secret");
        var pem = _files.Pem("good", TestCertificates.Silo(authority));
        File.WriteAllText(_files["empty.pem"], "");

        Fails(new TlsSettings { Key = "k", Password = "p", Authority = "a", Thumbprints = "t" }, "Key is only", "Password is only", "Authority is only", "Thumbprints is only");
        Fails(new TlsSettings { Certificate = _files["none.pfx"] }, "Certificate is", "Authority or Orleans:Tls:Thumbprints is needed");
        Fails(new TlsSettings { Certificate = good, Password = "wrong", Authority = _files["authority.pem"] }, "Certificate is");
        Fails(new TlsSettings { Certificate = good, Password = "secret", Authority = _files["none.pem"] }, "Authority is");
        Fails(new TlsSettings { Certificate = good, Password = "secret", Authority = _files["empty.pem"] }, "Authority is");
        Fails(new TlsSettings { Certificate = good, Password = "secret", Thumbprints = "12ab" }, "Thumbprints is '12ab'");
        Fails(new TlsSettings { Certificate = good, Password = "secret", Thumbprints = "," }, "Thumbprints is ','");
        // Trusted by none of the silos that are set up like this one.
        Fails(new TlsSettings { Certificate = good, Password = "secret", Authority = _files["foreign.pem"] }, "Certificate is");
        Fails(new TlsSettings { Certificate = good, Password = "secret", Thumbprints = new string('a', 64) }, "Certificate is");
        Fails(new TlsSettings { Certificate = _files.Pfx("old.pfx", TestCertificates.Silo(authority, age: TimeSpan.FromDays(1.5))), Authority = _files["authority.pem"] }, "Certificate is");
        Fails(new TlsSettings { Certificate = _files.Pfx("server.pfx", TestCertificates.Silo(authority, null, "1.3.6.1.5.5.7.3.1")), Authority = _files["authority.pem"] }, "Certificate is");
        Fails(new TlsSettings { Certificate = pem.Certificate, Authority = _files["authority.pem"] }, "Certificate is");
        Fails(new TlsSettings { Certificate = pem.Certificate, Key = pem.Key, Authority = _files["authority.pem"] });
        Fails(new TlsSettings { Certificate = good, Password = "secret", Authority = _files["authority.pem"] });

        static void Fails(TlsSettings tls, params string[] expected) =>
            Assert.Equal(
                expected.Select(start => "Orleans:Tls:" + start),
                new OrleansOptions { Tls = tls }.Failures().Zip(expected, (failure, start) => failure[..Math.Min(failure.Length, "Orleans:Tls:".Length + start.Length)])
                    .Concat(new OrleansOptions { Tls = tls }.Failures().Skip(expected.Length)));
    }

    public void Dispose() => _files.Dispose();

    private Action<OrleansOptions> Trusting(string certificate, string? password = null, string? key = null, string authority = "authority.pem") =>
        options => options.Tls = new TlsSettings { Certificate = certificate, Password = password, Key = key, Authority = _files[authority] };

    private static async Task PassOnAsync(ClusterMember one, ClusterMember two)
    {
        for (var i = 0; i < 16; i++)
            await one.AcceptAsync(Given.Factory($"F-{i}"), Given.Register($"企业{i}"));
        await two.Statistics.ReadAsync(TestContext.Current.CancellationToken);
        var counts = (await one.Statistics.ReadAsync(TestContext.Current.CancellationToken)).Select(silo => silo.Counts["factory"]).ToList();
        Assert.Equal((16, 2), (counts.Sum(silo => silo.Accepted), counts.Count(silo => silo.Accepted > 0)));
        Assert.InRange(counts.Sum(silo => silo.PassedOn), 1, 15);
    }
}
