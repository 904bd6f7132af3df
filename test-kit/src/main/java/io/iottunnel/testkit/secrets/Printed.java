package io.iottunnel.testkit.secrets;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What tests have printed and nobody has looked through yet: the JVM's standard streams, and what
 * tests hand in that a user would have read, such as the log of a process, or the message of an
 * exception. Thread-safe.
 */
public final class Printed {

  private static final int CONTEXT = 80;

  /**
   * Longer than any form of any secret, so that none is missed of which a part is still to come.
   */
  private static final int KEPT = 300;

  private static final Map<String, StringBuilder> TEXTS = new LinkedHashMap<>();
  private static final InheritableThreadLocal<Boolean> WITHHELD =
      new InheritableThreadLocal<>() {
        @Override
        protected Boolean initialValue() {
          return false;
        }
      };

  private Printed() {}

  /**
   * Hands in what was printed.
   *
   * @param where what a person would look at to see it; text of one place may come in pieces
   */
  public static void add(String where, String text) {
    if (WITHHELD.get()) {
      return;
    }
    synchronized (TEXTS) {
      TEXTS.computeIfAbsent(where, name -> new StringBuilder()).append(text);
    }
  }

  /** Hands in the messages of a failure and of all its causes. */
  public static void add(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      add("the message of an exception", each + "\n");
    }
  }

  /** A stream to {@code next}, of which everything is handed in. */
  public static OutputStream through(OutputStream next, String where) {
    return new FilterOutputStream(next) {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        // A character may be cut in two here. The pieces of a secret that count are in ASCII.
        add(where, new String(bytes, offset, length, StandardCharsets.UTF_8));
      }
    };
  }

  /**
   * Runs {@code work}, of which nothing is handed in by this thread or by those that it starts:
   * code that is wrong on purpose may tell secrets.
   */
  public static <T> T withheld(Supplier<T> work) {
    boolean before = WITHHELD.get();
    WITHHELD.set(true);
    try {
      return work.get();
    } finally {
      WITHHELD.set(before);
    }
  }

  /** Looks through everything for {@code secrets}, and forgets it. What was found, in words. */
  static List<String> drain(List<Secret> secrets) {
    List<String> found = new ArrayList<>();
    take().forEach((where, text) -> found.addAll(find(secrets, where, text)));
    return found;
  }

  private static Map<String, String> take() {
    Map<String, String> taken = new LinkedHashMap<>();
    synchronized (TEXTS) {
      TEXTS.forEach((where, text) -> taken.put(where, text.toString()));
      TEXTS.values().forEach(text -> text.delete(0, Math.max(0, text.length() - KEPT)));
    }
    return taken;
  }

  private static List<String> find(List<Secret> secrets, String where, String text) {
    List<String> found = new ArrayList<>();
    for (Secret secret : secrets) {
      if (secret.isIn(text)) {
        found.add(words(secret, where, masked(excerpt(secret, text), secrets)));
      }
    }
    if (!found.isEmpty()) {
      forget(where);
    }
    return found;
  }

  private static void forget(String where) {
    synchronized (TEXTS) {
      TEXTS.remove(where);
    }
  }

  /** The text around a secret. */
  private static String excerpt(Secret secret, String text) {
    String masked = secret.maskedIn(text);
    int at = masked.indexOf(Secret.MASK);
    int to = Math.min(masked.length(), at + Secret.MASK.length() + CONTEXT);
    return masked.substring(Math.max(0, at - CONTEXT), to);
  }

  /** What stands around it may be secret, too. */
  private static String masked(String excerpt, List<Secret> secrets) {
    String masked = excerpt;
    for (Secret each : secrets) {
      masked = each.maskedIn(masked);
    }
    return masked;
  }

  private static String words(Secret secret, String where, String excerpt) {
    return "the secret made at %s is in %s: …%s…".formatted(secret.origin(), where, excerpt);
  }
}
