package io.iottunnel.adapters.httpclient;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.LazyLaxLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Takes header lines as they come: the status line says what is to be known, and a line below it
 * that makes no sense must not hide it. A line without a colon is a field without a value.
 */
final class SloppyLineParser extends BasicLineParser {

  @Override
  public Header parseHeader(CharArrayBuffer line) {
    try {
      return LazyLaxLineParser.INSTANCE.parseHeader(line);
    } catch (ParseException e) {
      return new BasicHeader(line.substringTrimmed(0, line.length()), "");
    }
  }
}
