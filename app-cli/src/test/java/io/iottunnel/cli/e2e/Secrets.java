package io.iottunnel.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.iottunnel.cli.LocalProxyProcess;
import io.iottunnel.domain.webproxy.Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What must not be found in any output, in none of the forms in which it travels. */
final class Secrets {

  private final List<String> forms = new ArrayList<>();

  Secrets token(String token) {
    forms.add(token);
    return this;
  }

  Secrets password(Credentials credentials) {
    String password = credentials.password();
    String pair = credentials.user() + ":" + password;
    forms.add(password);
    forms.add(URLEncoder.encode(password, StandardCharsets.UTF_8));
    forms.add(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** Looks through everything that {@code process} has written so far. */
  void assertNoneIn(LocalProxyProcess process) {
    for (String form : forms) {
      assertFalse(process.out().contains(form), "a secret on standard output");
      assertFalse(process.err().contains(form), "a secret on standard error");
    }
  }
}
