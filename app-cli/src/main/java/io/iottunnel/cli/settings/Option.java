package io.iottunnel.cli.settings;

import java.util.Optional;

/**
 * Everything that can be asked for on the command line, as data: parsing, the help text and the
 * environment's variables all follow from this table. The order is that of the help text.
 */
public enum Option {
  HELP(OptionForm.of('h', "help"), "Show help message"),
  VERSION(OptionForm.of('V', "version"), "Show the version"),
  ACCESS_TOKEN(
      OptionForm.of('t', "access-token").taking("TOKEN").or("AWSIOT_TUNNEL_ACCESS_TOKEN"),
      "The token that admits to one end of the tunnel. Others on this machine can read a command"
          + " line: the variable is safer"),
  ACCESS_TOKEN_FILE(
      OptionForm.of("access-token-file").taking("FILE"),
      "A file with the access token, or - for standard input"),
  CLIENT_TOKEN(
      OptionForm.of('i', "client-token").taking("TOKEN").or("AWSIOT_TUNNEL_CLIENT_TOKEN"),
      "A secret of your own, 32 to 128 letters, digits and hyphens, with which the same access"
          + " token can be used again. Without it, one is made up for the life of this process"),
  NO_CLIENT_TOKEN(
      OptionForm.of("no-client-token"),
      "Send no client token: the access token is then spent by the first session"),
  PROXY_ENDPOINT(
      OptionForm.of('e', "proxy-endpoint").taking("HOST[:PORT]").or("AWSIOT_TUNNEL_ENDPOINT"),
      "Where the tunneling service listens; port 443 unless given. In place of --region"),
  REGION(
      OptionForm.of('r', "region").taking("REGION").or("AWSIOT_TUNNEL_REGION"),
      "The AWS region of the tunnel, such as eu-west-1. In place of --proxy-endpoint"),
  SOURCE_LISTEN_PORT(
      OptionForm.of('s', "source-listen-port").taking("MAPPING"),
      "Source mode: where clients connect. A port, or one for each service: SSH1=5555,HTTP1=8080."
          + " Also ADDRESS:PORT, a path for a Unix socket, and 0 for any free port"),
  DESTINATION_APP(
      OptionForm.of('d', "destination-app").taking("MAPPING"),
      "Destination mode: the applications. A port of this machine, HOST:PORT or the path of a Unix"
          + " socket, or one for each service: SSH1=22,WEB=10.0.0.1:80"),
  STDIO(
      OptionForm.of("stdio").maybeTaking("SERVICE"),
      "Source mode, in place of -s: standard input and output are the one client, of this service"
          + " or the tunnel's only one. For ssh -o ProxyCommand"),
  LOCAL_BIND_ADDRESS(
      OptionForm.of('b', "local-bind-address").taking("ADDRESS"),
      "The local address to listen on in source mode (localhost unless given), and to connect from"
          + " in destination mode"),
  CAPATH(
      OptionForm.of('c', "capath").taking("PATH"),
      "Certificates to trust beyond the system's: a directory or one file, PEM or DER"),
  NO_SSL_HOST_VERIFY(
      OptionForm.of('k', "no-ssl-host-verify"),
      "Do not check certificates, neither the service's nor the web proxy's. Insecure"),
  WEB_PROXY(
      OptionForm.of("web-proxy").taking("URL"),
      "The web proxy, in place of https_proxy and its like; 'none' for a direct connection"),
  WEB_PROXY_PASSWORD_FILE(
      OptionForm.of("web-proxy-password-file").taking("FILE"),
      "A file with the password for the web proxy, or - for standard input"),
  WEB_PROXY_AUTH(
      OptionForm.of("web-proxy-auth").taking("SCHEME"),
      "How to authenticate with the web proxy: auto (default), basic, digest or negotiate"),
  WEB_PROXY_CA(
      OptionForm.of("web-proxy-ca").taking("PATH"),
      "Certificates to trust at an https web proxy alone: a directory or one file, PEM or DER"),
  WEB_PROXY_CERT(
      OptionForm.of("web-proxy-cert").taking("FILE"),
      "A client certificate, PEM, for an https web proxy that asks for one"),
  WEB_PROXY_KEY(
      OptionForm.of("web-proxy-key").taking("FILE"), "The private key of that certificate, PEM"),
  CONNECT_WITH(
      OptionForm.of("connect-with").taking("LIBRARY"),
      "The library that speaks with the web proxy: jetty (default) or httpclient"),
  CONFIG(
      OptionForm.of("config").taking("FILE"),
      "Options from a file: lines of 'key = value', a key being an option's long name"),
  CONFIG_DIR(
      OptionForm.of("config-dir").taking("DIR"),
      "A directory of files with lines of SERVICE=ENDPOINT, read with its sub-directories, in place"
          + " of -s or -d; ./config unless given, where that is a directory"),
  SETTINGS_JSON(
      OptionForm.of("settings-json").taking("FILE"), "Numbers and limits from a JSON file"),
  EXPORT_DEFAULT_SETTINGS(
      OptionForm.of("export-default-settings").taking("FILE"),
      "Write a JSON file with every number and limit as it is by default, and end"),
  VERBOSE(
      OptionForm.of('v', "verbose").taking("LEVEL"),
      "How much to log: 0 nothing, 1 fatal, 2 error, 3 warning, 4 info (default), 5 debug,"
          + " 6 and more trace"),
  LOG_FORMAT(
      OptionForm.of("log-format").taking("FORMAT"),
      "How to log: text (default), or json for one object a line"),
  MODE(OptionForm.of('m', "mode").taking("MODE"), "src, source, dst or destination"),
  DESTINATION_CLIENT_TYPE(
      OptionForm.of('y', "destination-client-type").taking("TYPE"),
      "Source mode: V1 or V2 where the local proxy at the destination is as old as that");

  @SuppressWarnings("ImmutableEnumChecker") // a record of strings
  private final OptionForm form;

  private final String description;

  Option(OptionForm form, String description) {
    this.form = form;
    this.description = description;
  }

  /** How it is written. */
  public OptionForm form() {
    return form;
  }

  /** What it does, without a full stop at the end. */
  public String description() {
    return description;
  }

  /** The environment variable that says the same. */
  Optional<String> variable() {
    return form.variable();
  }
}
