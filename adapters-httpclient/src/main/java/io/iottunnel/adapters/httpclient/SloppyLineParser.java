package io.iottunnel.adapters.httpclient;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.LazyLaxLineParser;
import org.apache.hc.core5.http.message.StatusLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Takes header lines as they come: the status line says what is to be known, and a line below it
 * that makes no sense must not hide it. A line without a colon is a field without a value.
 */
final class SloppyLineParser extends BasicLineParser {

  /**
   * HttpCore's own takes any number for a status, and lets through versions that it cannot hold.
   */
  @Override
  public StatusLine parseStatusLine(CharArrayBuffer line) throws ParseException {
    StatusLine parsed;
    try {
      parsed = super.parseStatusLine(line);
    } catch (IllegalArgumentException e) {
      throw new ParseException(String.valueOf(e.getMessage()));
    }
    if (parsed.getStatusCode() < 100 || parsed.getStatusCode() > 999) {
      throw new ParseException("no status has the code " + parsed.getStatusCode());
    }
    return parsed;
  }

  @Override
  public Header parseHeader(CharArrayBuffer line) {
    try {
      return LazyLaxLineParser.INSTANCE.parseHeader(line);
    } catch (ParseException e) {
      return new BasicHeader(line.substringTrimmed(0, line.length()), "");
    }
  }
}
