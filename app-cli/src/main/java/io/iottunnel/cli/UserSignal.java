package io.iottunnel.cli;

import java.lang.reflect.Proxy;

/**
 * SIGUSR1, on systems that have it.
 *
 * <p>Only {@code sun.misc.Signal} tells of it, in the module {@code jdk.unsupported}: compilers
 * warn of its use, and a JVM may be without. So it is looked for at run time, here and nowhere
 * else, and where it is missing the signal is not heard.
 */
final class UserSignal {

  private static final String NAME = "USR1";

  private UserSignal() {}

  /**
   * From now on the signal runs {@code action}, on a thread of the JVM's for each.
   *
   * @return whether it does: not on Windows, nor in a JVM without the class
   */
  static boolean runs(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object running =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(NAME), running);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
