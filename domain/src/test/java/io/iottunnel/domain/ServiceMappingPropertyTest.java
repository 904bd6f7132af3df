package io.iottunnel.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ServiceMappingPropertyTest {

  @Property
  void whatIsPrintedIsReadBack(@ForAll("mappings") ServiceMapping mapping) {
    assertEquals(mapping, ServiceMapping.ofApplications(mapping.toString(), "test"));
  }

  @Property(tries = 5000)
  void anyTextIsAMappingOrRefusedWithAnExample(@ForAll("anything") String text) {
    try {
      assertFalse(ServiceMapping.ofListeners(text, "test", "localhost").endpoints().isEmpty());
    } catch (ConfigurationException e) {
      assertTrue(e.getMessage().endsWith("Example: SSH1=5555,SSH2=6666."), e.getMessage());
      assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
    }
  }

  @Provide
  Arbitrary<ServiceMapping> mappings() {
    Arbitrary<ServiceId> services =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withChars("0:._-")
            .ofMinLength(1)
            .ofMaxLength(10)
            .map(ServiceId::new);
    Arbitrary<Endpoint> endpoints =
        Arbitraries.oneOf(
            Combinators.combine(
                    Arbitraries.of("localhost", "10.0.0.1", "::1", "app.example.com"),
                    Arbitraries.integers().between(1, 65535))
                .as(Endpoint::tcp),
            Arbitraries.of("/run/app.sock", "./a=b").map(Endpoint.Unix::new));
    return Arbitraries.oneOf(
            Arbitraries.maps(services, endpoints).ofMinSize(1).ofMaxSize(5).map(TreeMap::new),
            endpoints.map(
                alone -> {
                  TreeMap<ServiceId, Endpoint> map = new TreeMap<>();
                  map.put(ServiceId.UNNAMED, alone);
                  return map;
                }))
        .map(ServiceMapping::new);
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(60),
        Arbitraries.of("SSH1", "=", ",", ":", "5555", "0", "[::1]", "/x", "host", "\r", " ")
            .list()
            .ofMaxSize(12)
            .map(parts -> String.join("", parts)));
  }
}
