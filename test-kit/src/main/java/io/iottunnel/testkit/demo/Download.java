package io.iottunnel.testkit.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/**
 * What was fetched.
 *
 * @param status of the HTTP answer
 * @param size of the body, in bytes
 * @param sha256 of the body, in hexadecimal
 * @param took from before the connection to behind the last byte
 */
record Download(int status, long size, String sha256, Duration took) {

  private static final int TIME_LIMIT_MILLIS = 60_000;
  private static final int PIECE = 64 * 1024;

  /** Is told how far a download has got. */
  interface Progress {
    void at(long bytes, Duration since);
  }

  /** Fetches {@code url}, on a connection of its own. */
  static Download of(URL url, Progress progress) throws IOException {
    long began = System.nanoTime();
    HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(TIME_LIMIT_MILLIS);
    connection.setReadTimeout(TIME_LIMIT_MILLIS);
    connection.setRequestProperty("Connection", "close");
    MessageDigest digest = LargeFile.newSha256();
    long size = 0;
    try (InputStream body = connection.getInputStream()) {
      byte[] piece = new byte[PIECE];
      for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
        digest.update(piece, 0, n);
        size += n;
        progress.at(size, since(began));
      }
    }
    Duration took = since(began);
    return new Download(
        connection.getResponseCode(), size, HexFormat.of().formatHex(digest.digest()), took);
  }

  /** In megabytes, of 1,000,000 bytes each, a second. */
  double rate() {
    return rate(size, took);
  }

  static double rate(long bytes, Duration time) {
    return bytes * 1e3 / Math.max(1, time.toNanos());
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}
