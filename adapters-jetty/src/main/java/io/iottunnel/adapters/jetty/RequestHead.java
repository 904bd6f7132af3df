package io.iottunnel.adapters.jetty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.util.BufferUtil;

/** A request without a body, as bytes, by Jetty's {@link HttpGenerator}. */
final class RequestHead {

  private static final int MAX_BYTES = 64 * 1024;

  private RequestHead() {}

  /**
   * @param target what stands between the method and the version: a path with its query, or an
   *     authority
   * @throws IllegalArgumentException if the request would be longer than 64 KiB
   */
  static ByteBuffer of(HttpMethod method, String target, HttpFields fields) {
    ByteBuffer bytes = BufferUtil.allocate(MAX_BYTES);
    HttpGenerator.Result result;
    try {
      result =
          new HttpGenerator()
              .generateRequest(
                  new MetaData.Request(
                      method.asString(),
                      HttpURI.build().pathQuery(target),
                      HttpVersion.HTTP_1_1,
                      fields,
                      0),
                  bytes,
                  null,
                  null,
                  true);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // declared for streams that are not used here
    }
    if (result != HttpGenerator.Result.FLUSH) {
      throw new IllegalArgumentException("a request of more than " + MAX_BYTES + " bytes");
    }
    return bytes;
  }
}
