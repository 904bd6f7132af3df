package io.iottunnel.testkit.secrets;

import io.iottunnel.domain.webproxy.Credentials;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Makes the secrets of tests, no two of them alike, and remembers every one: {@link SecretScan}
 * finds whichever of them is printed, and says which. Thread-safe.
 */
public final class Secrets {

  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
  private static final int LENGTH = 20;

  /** What is shorter may well be printed without being told. */
  private static final int SHORTEST_WATCHED = 12;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<Secret> ALL = new CopyOnWriteArrayList<>();

  private Secrets() {}

  /** A token for the service: letters, digits and hyphens, as many as a client token needs. */
  public static String token() {
    return remember("token-" + random() + "-" + random());
  }

  /** A user with a password of letters and digits, which every program takes. */
  public static Credentials credentials() {
    return remember(new Credentials(user(), random()));
  }

  /** A user with a password that shows every mistake in encoding it. */
  public static Credentials awkwardCredentials() {
    return remember(new Credentials(user(), random() + ":ä%ss/ +\"w@\\" + random()));
  }

  /** The same user with another password. */
  public static Credentials otherPassword(Credentials user) {
    return remember(new Credentials(user.user(), random()));
  }

  /** Remembers a secret that the tested code made up, or made of others. */
  public static void watch(String secret) {
    if (secret.length() >= SHORTEST_WATCHED) {
      ALL.add(Secret.whole(secret));
    }
  }

  /** Whether any of them is in {@code text}, in whatever form. */
  public static boolean areIn(String text) {
    return ALL.stream().anyMatch(secret -> secret.isIn(text));
  }

  static List<Secret> all() {
    return ALL;
  }

  private static String remember(String token) {
    ALL.add(Secret.of(token));
    return token;
  }

  private static Credentials remember(Credentials credentials) {
    ALL.add(Secret.of(credentials));
    return credentials;
  }

  /** In lower case, which is what some web proxies make of any name. */
  private static String user() {
    return "user" + random().toLowerCase(Locale.ROOT);
  }

  private static String random() {
    return RANDOM
        .ints(LENGTH, 0, LETTERS.length())
        .collect(
            StringBuilder::new,
            (text, at) -> text.append(LETTERS.charAt(at)),
            StringBuilder::append)
        .toString();
  }
}
