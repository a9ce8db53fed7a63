using Orleans.Connections.Security;

namespace Supervision.Silo.Orleans.Tls;

/// <summary>TLS between silos, both of which prove who they are.</summary>
internal static class TlsHosting
{
    // Silos are called by addresses; the name is only what the protocol asks for.
    private const string TargetHost = "silo";

    public static void UseTls(this ISiloBuilder silo, TlsSettings settings)
    {
        var trust = new SiloTrust(settings.LoadAuthorities(), settings.ThumbprintList()!);
        silo.UseTls(settings.LoadCertificate(), tls =>
        {
            // As a server and as a client alike.
            (tls.RemoteCertificateMode, tls.ClientCertificateMode) = (RemoteCertificateMode.RequireCertificate, RemoteCertificateMode.RequireCertificate);
            tls.RemoteCertificateValidation = (certificate, _, _) => trust.Trusts(certificate);
            tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = TargetHost;
        });
    }
}
