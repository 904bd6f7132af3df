package io.iottunnel.testkit.contract;

import io.iottunnel.domain.HostAndPort;
import io.iottunnel.domain.webproxy.Authentication;
import io.iottunnel.domain.webproxy.WebProxy;
import io.iottunnel.ports.NegotiateException;
import io.iottunnel.ports.NegotiateTokens;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How one small dial authenticates. Its steps can be overridden: a sabotage takes one of them away.
 */
class SmallLogin {

  /**
   * What a login knows.
   *
   * @param withoutBasic the web proxies that did not offer Basic; of the whole dialer
   */
  record Setting(
      WebProxy proxy, String target, NegotiateTokens tokens, Set<HostAndPort> withoutBasic) {}

  static final String BASIC = "Basic";
  static final String DIGEST = "Digest";
  static final String NEGOTIATE = "Negotiate";

  final Setting setting;
  final List<String> tried = new ArrayList<>();
  private List<String> offered = List.of();
  private Optional<SmallDigest> digest = Optional.empty();
  private NegotiateTokens.Exchange exchange;
  private boolean renewed;
  private boolean begunAnew;
  private boolean repeated;
  private String trouble = "";

  SmallLogin(Setting setting) {
    this.setting = setting;
  }

  /** What can be sent without being asked. */
  Optional<String> first() {
    return Optional.of(BASIC).filter(this::mayBeUsed).flatMap(this::answerBy);
  }

  /** What to send next, and over which connection; empty where it is over. */
  Optional<String> next(List<String> challenges) {
    Optional<String> token =
        challenges.stream().filter(each -> each.startsWith(NEGOTIATE + " ")).findFirst();
    if (last().equals(NEGOTIATE) && token.isPresent()) {
      return token(token.get().substring(NEGOTIATE.length() + 1));
    }
    offered = challenges;
    if (!offers(BASIC)) {
      ruleOutBasic();
    }
    if (last().equals(DIGEST) && isOnlyStale() && !renewed) {
      renewed = true;
      return answerBy(DIGEST);
    }
    return strongestLeft();
  }

  /** What to send on another connection where the kept one ended; empty where it is over. */
  Optional<String> again() {
    if (last().equals(NEGOTIATE)) {
      if (begunAnew) {
        return Optional.empty();
      }
      begunAnew = true;
      exchange.close();
      exchange = null;
      return token("");
    }
    if (repeated) {
      return Optional.empty();
    }
    repeated = true;
    return digest.map(this::answer).or(() -> answerBy(last()));
  }

  /** Whether the token under way cannot be continued on another connection. */
  boolean isBound(List<String> challenges) {
    return last().equals(NEGOTIATE)
        && challenges.stream().anyMatch(each -> each.startsWith(NEGOTIATE + " "));
  }

  void ruleOutBasic() {
    setting.withoutBasic().add(setting.proxy().address());
  }

  boolean isOnlyStale() {
    return digests().anyMatch(SmallDigest::isStale);
  }

  Stream<SmallDigest> digests() {
    return offered.stream().flatMap(each -> SmallDigest.of(each).stream());
  }

  Optional<SmallDigest> chosen() {
    return digests().max(Comparator.comparingInt(SmallDigest::strength));
  }

  List<String> order() {
    return List.of(NEGOTIATE, DIGEST, BASIC);
  }

  boolean mayBeUsed(String scheme) {
    Authentication meant =
        switch (scheme) {
          case BASIC -> Authentication.BASIC;
          case DIGEST -> Authentication.DIGEST;
          default -> Authentication.NEGOTIATE;
        };
    return setting.proxy().authentication().permits(meant) && !tried.contains(scheme);
  }

  Optional<String> strongestLeft() {
    return order().stream()
        .filter(scheme -> offers(scheme) && mayBeUsed(scheme))
        .flatMap(scheme -> answerBy(scheme).stream())
        .findFirst();
  }

  Optional<String> answerBy(String scheme) {
    WebProxy proxy = setting.proxy();
    if (scheme.equals(NEGOTIATE)) {
      return token("");
    }
    digest = scheme.equals(DIGEST) ? chosen() : Optional.empty();
    Optional<String> answer =
        scheme.equals(DIGEST)
            ? digest.filter(known -> proxy.credentials().isPresent()).map(this::answer)
            : proxy
                .credentials()
                .filter(user -> !setting.withoutBasic().contains(proxy.address()))
                .map(user -> BASIC + " " + DialerBench.base64(user));
    answer.ifPresent(value -> tried.add(scheme));
    return answer;
  }

  String answer(SmallDigest known) {
    return known.answer(setting.proxy().credentials().orElseThrow(), setting.target());
  }

  Optional<String> token(String received) {
    try {
      if (exchange == null) {
        exchange = setting.tokens().begin(host());
      }
      tried.add(NEGOTIATE);
      byte[] token = exchange.next(Base64.getDecoder().decode(received));
      return Optional.of(NEGOTIATE + " " + Base64.getEncoder().encodeToString(token));
    } catch (NegotiateException e) {
      trouble = e.getMessage();
      tried.add(NEGOTIATE);
      return strongestLeft();
    }
  }

  String host() {
    return setting.proxy().address().host();
  }

  /** The keys are forgotten. */
  void close() {
    if (exchange != null) {
      exchange.close();
    }
  }

  private boolean offers(String scheme) {
    return offered.stream().anyMatch(each -> each.split(" ", 2)[0].equals(scheme));
  }

  private String last() {
    return tried.isEmpty() ? "" : tried.get(tried.size() - 1);
  }

  /** What a message has to say. */
  String story() {
    boolean fixedInVain =
        setting.proxy().authentication() != Authentication.AUTO && tried.isEmpty();
    return trouble
        + (offers("NTLM") ? "; NTLM is not supported, a helper such as cntlm speaks it" : "")
        + (fixedInVain ? "; --web-proxy-auth " + setting.proxy().authentication().text() : "");
  }
}
