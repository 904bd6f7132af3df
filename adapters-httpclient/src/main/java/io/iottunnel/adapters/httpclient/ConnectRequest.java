package io.iottunnel.adapters.httpclient;

import io.iottunnel.domain.HostAndPort;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicLineFormatter;
import org.apache.hc.core5.http.message.RequestLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/** The request for a tunnel, as bytes, by HttpCore's formatter. */
final class ConnectRequest {

  private static final int USUAL_LENGTH = 512;

  private final String target;
  private final String userAgent;

  ConnectRequest(HostAndPort service, String userAgent) {
    this.target = service.toString();
    this.userAgent = userAgent;
  }

  /**
   * @param authorization the value of {@code Proxy-Authorization}
   */
  ByteBuffer bytes(Optional<String> authorization) {
    CharArrayBuffer head = new CharArrayBuffer(USUAL_LENGTH);
    BasicLineFormatter.INSTANCE.formatRequestLine(
        head, new RequestLine(Method.CONNECT.name(), target, HttpVersion.HTTP_1_1));
    endLine(head);
    addField(head, HttpHeaders.HOST, target);
    addField(head, HttpHeaders.USER_AGENT, userAgent);
    authorization.ifPresent(value -> addField(head, HttpHeaders.PROXY_AUTHORIZATION, value));
    endLine(head);
    return StandardCharsets.ISO_8859_1.encode(head.toString());
  }

  private static void addField(CharArrayBuffer head, String name, String value) {
    BasicLineFormatter.INSTANCE.formatHeader(head, new BasicHeader(name, value));
    endLine(head);
  }

  private static void endLine(CharArrayBuffer head) {
    head.append("\r\n");
  }
}
