package io.iottunnel.cli.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be asked for on the command line, as data: parsing, the help text and the
 * environment's variables all follow from this table. The order is that of the help text.
 */
public enum Option {
  HELP('h', "help", null, null, "Show help message"),
  VERSION('V', "version", null, null, "Show the version"),
  ACCESS_TOKEN(
      't',
      "access-token",
      "TOKEN",
      "AWSIOT_TUNNEL_ACCESS_TOKEN",
      "The token that admits to one end of the tunnel. Others on this machine can read a command"
          + " line: the variable is safer"),
  CLIENT_TOKEN(
      'i',
      "client-token",
      "TOKEN",
      "AWSIOT_TUNNEL_CLIENT_TOKEN",
      "A secret of your own, 32 to 128 letters, digits and hyphens, with which the same access"
          + " token can be used again. Without it, one is made up for the life of this process"),
  PROXY_ENDPOINT(
      'e',
      "proxy-endpoint",
      "HOST[:PORT]",
      "AWSIOT_TUNNEL_ENDPOINT",
      "Where the tunneling service listens; port 443 unless given. In place of --region"),
  REGION(
      'r',
      "region",
      "REGION",
      "AWSIOT_TUNNEL_REGION",
      "The AWS region of the tunnel, such as eu-west-1. In place of --proxy-endpoint"),
  SOURCE_LISTEN_PORT(
      's',
      "source-listen-port",
      "MAPPING",
      null,
      "Source mode: where clients connect. A port, or one for each service: SSH1=5555,HTTP1=8080."
          + " Also ADDRESS:PORT, a path for a Unix socket, and 0 for any free port"),
  DESTINATION_APP(
      'd',
      "destination-app",
      "MAPPING",
      null,
      "Destination mode: the applications. A port of this machine, HOST:PORT or the path of a Unix"
          + " socket, or one for each service: SSH1=22,WEB=10.0.0.1:80"),
  LOCAL_BIND_ADDRESS(
      'b',
      "local-bind-address",
      "ADDRESS",
      null,
      "The local address to listen on in source mode (localhost unless given), and to connect from"
          + " in destination mode"),
  CAPATH(
      'c',
      "capath",
      "PATH",
      null,
      "Certificates to trust beyond the system's: a directory or one file, PEM or DER"),
  NO_SSL_HOST_VERIFY(
      'k',
      "no-ssl-host-verify",
      null,
      null,
      "Do not check certificates, neither the service's nor the web proxy's. Insecure"),
  VERBOSE(
      'v',
      "verbose",
      "LEVEL",
      null,
      "How much to log: 0 nothing, 1 fatal, 2 error, 3 warning, 4 info (default), 5 debug,"
          + " 6 and more trace"),
  MODE('m', "mode", "MODE", null, "src, source, dst or destination"),
  DESTINATION_CLIENT_TYPE(
      'y',
      "destination-client-type",
      "TYPE",
      null,
      "Source mode: V1 or V2 where the local proxy at the destination is as old as that");

  private final char shortName;
  private final String longName;
  private final @Nullable String valueName;
  private final @Nullable String variable;
  private final String description;

  Option(
      char shortName,
      String longName,
      @Nullable String valueName,
      @Nullable String variable,
      String description) {
    this.shortName = shortName;
    this.longName = longName;
    this.valueName = valueName;
    this.variable = variable;
    this.description = description;
  }

  /** Such as {@code -r}. */
  public String shortForm() {
    return "-" + shortName;
  }

  /** Such as {@code --region}. */
  public String longForm() {
    return "--" + longName;
  }

  /** What the value is called in the help text; empty for a flag, which has none. */
  public Optional<String> valueName() {
    return Optional.ofNullable(valueName);
  }

  /** The environment variable that says the same. */
  public Optional<String> variable() {
    return Optional.ofNullable(variable);
  }

  public String description() {
    return description;
  }
}
