package io.iottunnel.testkit.contract;

import java.io.InputStream;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Where a sabotage can reach into the smallest dialer.
 *
 * @param request changes a request before it is sent
 * @param received changes what the web proxy sends
 * @param logins makes what authenticates a dial
 */
record SmallHooks(
    UnaryOperator<String> request,
    UnaryOperator<InputStream> received,
    Function<SmallLogin.Setting, SmallLogin> logins) {

  /** Nothing is changed. */
  static final SmallHooks NONE = new SmallHooks(text -> text, bytes -> bytes, SmallLogin::new);

  SmallHooks request(UnaryOperator<String> edit) {
    return new SmallHooks(edit, received, logins);
  }

  SmallHooks received(UnaryOperator<InputStream> edit) {
    return new SmallHooks(request, edit, logins);
  }

  SmallHooks logins(Function<SmallLogin.Setting, SmallLogin> spoilt) {
    return new SmallHooks(request, received, spoilt);
  }
}
