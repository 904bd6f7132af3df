package io.iottunnel.adapters.httpclient;

import io.iottunnel.domain.http.DigestChallenge;
import io.iottunnel.domain.http.Utf8;
import io.iottunnel.domain.webproxy.Credentials;
import io.iottunnel.ports.dialog.AuthenticationSchemes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.AuthenticationException;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.auth.MalformedChallengeException;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.DigestScheme;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicNameValuePair;

/**
 * What is sent by Digest for one nonce, by HttpClient's {@link DigestScheme}: it hashes, counts and
 * writes. It is told to take each char for a byte, since all text here is bytes that are to be
 * hashed as they came. How it writes the user's name, others do not understand: a name that is not
 * ASCII, or has a quotation mark in it, goes to everybody as {@code username*} and in quotation
 * marks, and where the name is to be hashed, the response is that of the hash. So it does not hear
 * of {@code userhash}, and that parameter is written here.
 */
final class HttpClientDigest implements AuthenticationSchemes.Digest {

  private static final String BYTES = StandardCharsets.ISO_8859_1.name();
  private static final Pattern USERNAME =
      Pattern.compile("(?<=^Digest )username\\*?=\"(?:[^\"\\\\]|\\\\.)*+\"");

  private final DigestScheme scheme = new DigestScheme();
  private final String username;

  HttpClientDigest(DigestChallenge challenge, Credentials credentials) {
    String user = Utf8.bytes(credentials.user());
    String password = Utf8.bytes(credentials.password());
    this.username = challenge.username(credentials.user());
    scheme.initPreemptive(
        new UsernamePasswordCredentials(user, password.toCharArray()), null, null);
    try {
      scheme.processChallenge(
          new AuthChallenge(
              ChallengeType.PROXY, DigestChallenge.SCHEME, null, parameters(challenge)),
          null);
    } catch (MalformedChallengeException e) {
      throw new IllegalStateException(e); // for want of parameters, which it has
    }
  }

  private static List<NameValuePair> parameters(DigestChallenge challenge) {
    List<NameValuePair> parameters = new ArrayList<>();
    parameters.add(new BasicNameValuePair("realm", challenge.realm()));
    parameters.add(new BasicNameValuePair("nonce", challenge.nonce()));
    parameters.add(new BasicNameValuePair("charset", BYTES));
    if (!challenge.algorithm().written().isEmpty()) {
      parameters.add(new BasicNameValuePair("algorithm", challenge.algorithm().written()));
    }
    if (challenge.withQop()) {
      parameters.add(new BasicNameValuePair("qop", DigestChallenge.AUTH));
    }
    challenge
        .opaque()
        .ifPresent(opaque -> parameters.add(new BasicNameValuePair("opaque", opaque)));
    return parameters;
  }

  @Override
  public synchronized String authorization(String method, String uri) {
    try {
      String value =
          scheme.generateAuthResponse(
              null, new BasicHttpRequest(method, new HttpHost("any"), uri), null);
      return USERNAME.matcher(value).replaceFirst(Matcher.quoteReplacement(username));
    } catch (AuthenticationException e) {
      throw new IllegalStateException(e); // for want of what the challenge is known to have
    }
  }
}
