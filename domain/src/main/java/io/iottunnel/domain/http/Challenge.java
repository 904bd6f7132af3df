package io.iottunnel.domain.http;

import java.util.Map;
import java.util.Optional;

/**
 * One way to authenticate that an answer offers (RFC 9110 section 11.3).
 *
 * @param scheme as it was written
 * @param token what stands behind the scheme without being parameters, as Negotiate has it; or
 *     empty
 * @param parameters their values, without quotes; the names in lower case
 */
public record Challenge(String scheme, String token, Map<String, String> parameters) {

  public Challenge {
    parameters = Map.copyOf(parameters);
  }

  /** The value of a parameter, raw. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** Whether a parameter is there and says true, in any case (RFC 7616 section 3.3). */
  public boolean isTrue(String name) {
    return parameter(name).filter("true"::equalsIgnoreCase).isPresent();
  }
}
