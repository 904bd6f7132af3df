package io.iottunnel.cli.e2e;

import io.iottunnel.testkit.real.Apache;
import io.iottunnel.testkit.real.Cntlm;
import io.iottunnel.testkit.real.Kdc;
import io.iottunnel.testkit.real.RealWebProxy;
import io.iottunnel.testkit.real.Squid;
import io.iottunnel.testkit.real.SquidLogin;
import io.iottunnel.testkit.real.Tinyproxy;
import io.iottunnel.testkit.webproxy.Script;
import io.iottunnel.testkit.webproxy.ScriptedWebProxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A way out of a company that is made of real parts.
 *
 * @param name what stands there
 * @param missing why it cannot be built here, if it cannot
 * @param build builds it at a site
 */
record RealWay(
    String name, Supplier<Optional<String>> missing, Function<Site, RealWebProxy> build) {

  /** All that are known to work. */
  static final List<RealWay> ALL =
      List.of(
          new RealWay(
              "squid that wants Basic",
              Squid::missing,
              site -> site.keep(Squid.asking(SquidLogin.basic(site.user())).start())),
          new RealWay(
              "squid that wants Digest",
              Squid::missing,
              site -> site.keep(Squid.asking(SquidLogin.digest(site.user())).start())),
          new RealWay(
              "squid that speaks TLS",
              Squid::missing,
              site ->
                  site.keep(
                      Squid.asking(SquidLogin.basic(site.user()))
                          .tls(site.ca().leaf("localhost"))
                          .start())),
          new RealWay(
              "squid that wants Negotiate, and a ticket cache",
              RealWay::kerberosMissing,
              site ->
                  throughKerberos(
                      site, kdc -> Map.of("KRB5CCNAME", "FILE:" + kdc.ticketCache("device")))),
          new RealWay(
              "squid that wants Negotiate, and a keytab",
              RealWay::kerberosMissing,
              site ->
                  throughKerberos(
                      site, kdc -> Map.of("KRB5_CLIENT_KTNAME", kdc.keytab("device").toString()))),
          new RealWay(
              "Apache that wants Digest",
              Apache::missing,
              site -> site.keep(Apache.start(site.user()))),
          new RealWay(
              "tinyproxy that wants Basic",
              Tinyproxy::missing,
              site -> site.keep(Tinyproxy.start(site.user()))),
          new RealWay(
              "cntlm before a web proxy that wants NTLM", Cntlm::missing, RealWay::throughCntlm));

  private static Optional<String> kerberosMissing() {
    return Squid.missing().or(Kdc::missing);
  }

  private static RealWebProxy throughKerberos(
      Site site, Function<Kdc, Map<String, String>> identity) {
    Kdc kdc = site.keep(Kdc.start());
    kdc.add("device");
    site.tell(kdc.environment());
    site.tell(identity.apply(kdc));
    return site.keep(Squid.asking(SquidLogin.negotiate(kdc)).start());
  }

  private static RealWebProxy throughCntlm(Site site) {
    String domain = "CORP";
    ScriptedWebProxy ntlmOnly =
        site.keep(
            ScriptedWebProxy.builder()
                .script(Script.ntlm(site.user(), domain))
                .route(site.service().toString(), site.emulator())
                .start());
    return site.keep(Cntlm.start(ntlmOnly.url().address(), domain, site.user()));
  }

  @Override
  public String toString() {
    return name;
  }
}
