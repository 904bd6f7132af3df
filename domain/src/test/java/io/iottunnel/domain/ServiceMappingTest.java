package io.iottunnel.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceMappingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5555                          | 10.1.1.1:5555
          0                             | 10.1.1.1:0
          127.0.0.1:5555                | 127.0.0.1:5555
          [::1]:5555                    | [::1]:5555
          /run/x.sock                   | /run/x.sock
          ./a=b.sock                    | ./a=b.sock
          SSH1=5555                     | SSH1=10.1.1.1:5555
          SSH1=5555,HTTP1=8080          | HTTP1=10.1.1.1:8080,SSH1=10.1.1.1:5555
          SSH1=5555, HTTP1 = 8080       | HTTP1=10.1.1.1:8080,SSH1=10.1.1.1:5555
          SSH1=127.0.0.1:5555           | SSH1=127.0.0.1:5555
          a.b:c_d-e=[::1]:0,X=/run/x=1  | X=/run/x=1,a.b:c_d-e=[::1]:0
          A=0,B=0                       | A=10.1.1.1:0,B=10.1.1.1:0
          """)
  void aSourceListens(String text, String mapping) {
    assertEquals(mapping, ServiceMapping.ofListeners(text, "-s", "10.1.1.1").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          22                                     | localhost:22
          host:22                                | host:22
          WEB=10.0.0.1:80                        | WEB=10.0.0.1:80
          SSH1=22,WEB=10.0.0.1:80,X=/run/a.sock  | SSH1=localhost:22,WEB=10.0.0.1:80,X=/run/a.sock
          A=22,B=22                              | A=localhost:22,B=localhost:22
          """)
  void aDestinationConnects(String text, String mapping) {
    assertEquals(mapping, ServiceMapping.ofApplications(text, "-d").toString());
  }

  @Test
  void oneEndpointAloneIsForTheUnnamedService() {
    assertEquals(
        Map.of(ServiceId.UNNAMED, Endpoint.tcp("localhost", 22)),
        ServiceMapping.ofApplications("22", "-d").endpoints());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                         | an endpoint is missing
          SSH1=                      | an endpoint is missing
          SSH1=5555,                 | an endpoint is missing
          =5555                      | a service's name has
          S SH=5555                  | a service's name has
          SSH1=70000                 | the port must be a number, at most 65535
          -1                         | '-1' lacks a port
          SSH1=localhost             | 'localhost' lacks a port
          SSH1=ho st:22              | a host has only letters
          SSH1=::1:22                | more than one ':'
          SSH1=5555,SSH1=6666        | service SSH1 is given twice
          5555,6666                  | several endpoints need the names of their services
          5555,SSH1=6666             | several endpoints need the names of their services
          A=5555,B=5555              | two services would listen at localhost:5555
          A=/run/x,B=/run/x          | two services would listen at /run/x
          """)
  void whatCannotBeUsedIsRefusedWithAnExample(String text, String reason) {
    String message =
        assertThrows(
                ConfigurationException.class,
                () -> ServiceMapping.ofListeners(text, "-s", "localhost"))
            .getMessage();

    assertTrue(message.startsWith("-s: '" + text + "' cannot be used: "), message);
    assertTrue(message.contains(reason), message);
    assertTrue(message.endsWith(" Example: SSH1=5555,SSH2=6666."), message);
  }

  @Test
  void aPathHasNoControlCharacters() {
    String message =
        assertThrows(
                ConfigurationException.class,
                () -> ServiceMapping.ofApplications("A=/run/\0x", "-d"))
            .getMessage();

    assertEquals(
        "-d: 'A=/run/\\u0000x' cannot be used: a path must not have control characters."
            + " Example: SSH1=5555,SSH2=6666.",
        message);
  }

  @Test
  void aDestinationCannotConnectToPortZero() {
    assertThrows(ConfigurationException.class, () -> ServiceMapping.ofApplications("A=0", "-d"));
  }
}
