package io.iottunnel.testkit.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real OpenSSH server for the user who runs the tests, and the client that fits it: keys are made
 * at start, and nothing of the user's own configuration is read.
 */
public final class Sshd implements AutoCloseable {

  private static final String[] SERVER = {"/usr/sbin/sshd", "/usr/local/sbin/sshd"};
  private static final String[] CLIENT = {"/usr/bin/ssh", "/usr/local/bin/ssh"};
  private static final String[] KEYGEN = {"/usr/bin/ssh-keygen", "/usr/local/bin/ssh-keygen"};
  private static final Path SEPARATION_DIRECTORY = Path.of("/run/sshd");
  private static final String ALIAS = "sshd.test";

  private final Server server;

  private Sshd(Server server) {
    this.server = server;
  }

  /** Why sshd cannot run here, if it cannot. */
  public static Optional<String> missing() {
    return Server.missing("sshd", Server.find(SERVER))
        .or(() -> Server.missing("ssh", Server.find(CLIENT)))
        .or(() -> Server.missing("ssh-keygen", Server.find(KEYGEN)));
  }

  /** Starts an sshd and waits until it answers. */
  public static Sshd start() {
    try {
      if (isRoot()) {
        Files.createDirectories(SEPARATION_DIRECTORY); // sshd demands it of root
      }
      Server server = Server.prepare("sshd");
      makeKey(server, "host_key");
      makeKey(server, "user_key");
      server.write("known_hosts", ALIAS + " " + server.read("host_key.pub"));
      Path configuration =
          server.write(
              "sshd_config",
              """
              ListenAddress 127.0.0.1:%d
              HostKey %s
              AuthorizedKeysFile %s
              PidFile none
              StrictModes no
              UsePAM no
              PasswordAuthentication no
              KbdInteractiveAuthentication no
              PermitRootLogin prohibit-password
              """
                  .formatted(server.port(), server.file("host_key"), server.file("user_key.pub")));
      server.start(
          List.of(
              Server.find(SERVER).orElseThrow().toString(),
              "-D", // in the foreground
              "-e", // logs to standard error
              "-f",
              configuration.toString()));
      return new Sshd(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  /**
   * The command line of a client that logs in and runs {@code command}.
   *
   * @param port where the client connects to on 127.0.0.1: this server's own port, or that of a
   *     tunnel which leads here
   */
  public List<String> client(int port, String... command) {
    return client(List.of("-p", Integer.toString(port)), command);
  }

  /**
   * The command line of a client that runs {@code proxyCommand} and speaks with this server through
   * its standard input and output.
   */
  public List<String> clientThrough(String proxyCommand, String... command) {
    return client(List.of("-o", "ProxyCommand=" + proxyCommand), command);
  }

  private List<String> client(List<String> way, String... command) {
    List<String> line =
        new ArrayList<>(List.of(Server.find(CLIENT).orElseThrow().toString(), "-F", "none", "-T"));
    line.addAll(way);
    line.addAll(List.of("-i", server.file("user_key").toString()));
    for (String option :
        List.of(
            "BatchMode=yes",
            "IdentitiesOnly=yes",
            "HostKeyAlias=" + ALIAS,
            "UserKnownHostsFile=" + server.file("known_hosts"),
            "GlobalKnownHostsFile=none",
            "StrictHostKeyChecking=yes",
            "ConnectTimeout=30")) {
      line.add("-o");
      line.add(option);
    }
    line.add(System.getProperty("user.name") + "@127.0.0.1");
    line.addAll(List.of(command));
    return line;
  }

  /** What the server has logged so far. */
  public String log() {
    return server.read("output.log");
  }

  @Override
  public void close() {
    server.close();
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void makeKey(Server server, String fileName) throws IOException {
    String keygen = Server.find(KEYGEN).orElseThrow().toString();
    server.run(Map.of(), List.of(keygen, "-q", "-t", "ed25519", "-N", "", "-f", fileName));
  }
}
