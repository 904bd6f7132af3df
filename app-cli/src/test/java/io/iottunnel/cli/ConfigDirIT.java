package io.iottunnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of a tunnel, mapped by files: one for each service, in directories below. */
@Timeout(2 * LocalProxyProcess.LIMIT_SECONDS)
class ConfigDirIT {

  @TempDir private Path directory;

  @Test
  void bothEndsStartByFilesForTwoServicesOneWithADot() throws IOException, InterruptedException {
    Path socket = directory.resolve("web.sock");
    try (ServiceEmulator service = ServiceEmulator.start();
        ServerSocketChannel application = application()) {
      Path ca = Files.writeString(directory.resolve("ca.pem"), service.ca().rootPem());
      Tunnel tunnel = service.openTunnel("SSH1", "WEB.2");
      file("device/ssh/SSH1.ini", "SSH1=22");
      file("device/web/WEB.ini", "WEB.2=127.0.0.1:" + port(application));
      file("device/other.ini", "OTHER=99");
      file("desk/config/ssh/SSH1.ini", "SSH1=0");
      file("desk/config/web/WEB.ini", "WEB.2=" + socket);
      String[] common = {"-e", service.address().toString(), "-c", ca.toString()};
      try (LocalProxyProcess destination =
              run(tunnel, Mode.DESTINATION, "device", common, "-m", "dst", "--config-dir", ".");
          LocalProxyProcess source = run(tunnel, Mode.SOURCE, "desk", common, "-m", "src")) {
        destination.awaitLine("WEB.2 = 127.0.0.1:" + port(application));
        source.awaitLine("Listening for new connection on " + socket);
        source.awaitLine("Listening for new connection on port ");

        assertEquals("hello", through(socket, application));

        tunnel.close();
        assertEquals(0, source.awaitExit(), source.err());
        assertEquals(0, destination.awaitExit(), destination.err());
        assertTrue(destination.err().contains("] SSH1 = 22\n"), destination.err());
      }
    }
  }

  /** What an application reads when a client says hello and leaves. */
  private static String through(Path socket, ServerSocketChannel application) throws IOException {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      client.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
      client.shutdownOutput();
      try (SocketChannel accepted = application.accept()) {
        byte[] heard = accepted.socket().getInputStream().readAllBytes();
        return new String(heard, StandardCharsets.US_ASCII);
      }
    }
  }

  private static ServerSocketChannel application() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static int port(ServerSocketChannel application) throws IOException {
    return ((InetSocketAddress) application.getLocalAddress()).getPort();
  }

  private LocalProxyProcess run(
      Tunnel tunnel, Mode mode, String where, String[] common, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", directory.resolve(where).toString()));
    command.add(LocalProxyProcess.launcher().toString());
    command.addAll(List.of(common));
    command.addAll(List.of(options));
    return LocalProxyProcess.run(
        Map.of("AWSIOT_TUNNEL_ACCESS_TOKEN", tunnel.end(mode).token()), command);
  }

  private void file(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
