package io.iottunnel.cli.settings;

import java.util.Optional;

/**
 * Everything that can be asked for on the command line, as data: parsing, files of options, the
 * environment's variables, the help text, the manual and shell completion all follow from this
 * table. The order is that of the help text.
 */
public enum Option {
  HELP(Group.GENERAL, OptionForm.of('h', "help"), "Show help message", ""),
  VERSION(Group.GENERAL, OptionForm.of('V', "version"), "Show the version", ""),

  REGION(
      Group.TUNNEL,
      OptionForm.of('r', "region").taking("REGION").or("AWSIOT_TUNNEL_REGION"),
      "The AWS region of the tunnel, as eu-west-1",
      ""),
  PROXY_ENDPOINT(
      Group.TUNNEL,
      OptionForm.of('e', "proxy-endpoint").taking("HOST[:PORT]").or("AWSIOT_TUNNEL_ENDPOINT"),
      "Where the tunneling service is, in place of -r",
      "The port is 443 unless given. An IPv6 address stands in brackets: [::1]:8443."),
  ACCESS_TOKEN(
      Group.TUNNEL,
      OptionForm.of('t', "access-token").taking("TOKEN").or("AWSIOT_TUNNEL_ACCESS_TOKEN"),
      "The access token of this end; its variable is safer",
      "Others on this machine can read a command line."),
  ACCESS_TOKEN_FILE(
      Group.TUNNEL,
      OptionForm.of("access-token-file").takingPath("FILE"),
      "A file with the access token; - is standard input",
      "It has one line. Of standard input one line is read."),
  CLIENT_TOKEN(
      Group.TUNNEL,
      OptionForm.of('i', "client-token").taking("TOKEN").or("AWSIOT_TUNNEL_CLIENT_TOKEN"),
      "A secret of your own, so that a restart can use the same access token",
      "It has 32 to 128 letters, digits and hyphens. Without it one is made up for the life of the"
          + " process, so that it can reconnect."),
  NO_CLIENT_TOKEN(
      Group.TUNNEL,
      OptionForm.of("no-client-token"),
      "Let the first session spend the access token",
      "No client token is sent, and nothing can be reconnected."),

  SOURCE_LISTEN_PORT(
      Group.THIS_END,
      OptionForm.of('s', "source-listen-port").taking("MAPPING"),
      "Source: where clients connect, as 5555 or SSH1=5555,WEB=8080",
      "In place of a port also ADDRESS:PORT, the path of a Unix socket, or 0 for any free port."),
  DESTINATION_APP(
      Group.THIS_END,
      OptionForm.of('d', "destination-app").taking("MAPPING"),
      "Destination: the applications, as 22 or SSH1=22,WEB=10.0.0.1:80",
      "A port of this machine, HOST:PORT, or the path of a Unix socket."),
  STDIO(
      Group.THIS_END,
      OptionForm.of("stdio").maybeTaking("SERVICE"),
      "Source: standard input and output are the one client",
      "In place of -s, for ssh -o ProxyCommand. The client is that of the service named, or of the"
          + " tunnel's only one."),
  MODE(
      Group.THIS_END,
      OptionForm.of('m', "mode").oneOf("MODE", "src", "source", "dst", "destination"),
      "The mode alone: src, source, dst or destination",
      "A source without a mapping listens on free ports and logs them."),
  CONFIG_DIR(
      Group.THIS_END,
      OptionForm.of("config-dir").takingPath("DIR"),
      "With -m: files of SERVICE=ENDPOINT in place of -s or -d",
      "All files of the directory and of those below it are read. Without this option ./config is,"
          + " where it is a directory."),
  LOCAL_BIND_ADDRESS(
      Group.THIS_END,
      OptionForm.of('b', "local-bind-address").taking("ADDRESS"),
      "Listen there (source) or connect from there (destination)",
      "A source listens on localhost unless it is given."),
  DESTINATION_CLIENT_TYPE(
      Group.THIS_END,
      OptionForm.of('y', "destination-client-type").oneOf("TYPE", "V1", "V2", "V3"),
      "Source: V1 or V2 for a destination that is as old",
      ""),

  WEB_PROXY(
      Group.WEB_PROXY,
      OptionForm.of("web-proxy").taking("URL"),
      "The web proxy, in place of https_proxy and its like; 'none' is none",
      "As http://user:password@proxy.example.com:3128."),
  WEB_PROXY_PASSWORD_FILE(
      Group.WEB_PROXY,
      OptionForm.of("web-proxy-password-file").takingPath("FILE"),
      "A file with its password; - is standard input",
      "The user's name stands in the URL."),
  WEB_PROXY_AUTH(
      Group.WEB_PROXY,
      OptionForm.of("web-proxy-auth").oneOf("SCHEME", "auto", "basic", "digest", "negotiate"),
      "How to authenticate: auto (usual), basic, digest, negotiate",
      "By auto, with the strongest scheme that it offers and that there are the means for."),
  WEB_PROXY_CA(
      Group.WEB_PROXY,
      OptionForm.of("web-proxy-ca").takingPath("PATH"),
      "Certificates to trust at an https web proxy alone",
      "A directory or one file, PEM or DER."),
  WEB_PROXY_CERT(
      Group.WEB_PROXY,
      OptionForm.of("web-proxy-cert").takingPath("FILE"),
      "A client certificate for it, PEM",
      ""),
  WEB_PROXY_KEY(
      Group.WEB_PROXY,
      OptionForm.of("web-proxy-key").takingPath("FILE"),
      "The private key of that certificate, PEM",
      ""),
  CONNECT_WITH(
      Group.WEB_PROXY,
      OptionForm.of("connect-with").oneOf("LIBRARY", "jetty", "httpclient"),
      "Who speaks with it: jetty (usual) or httpclient",
      ""),

  CAPATH(
      Group.TRUST,
      OptionForm.of('c', "capath").takingPath("PATH"),
      "Certificates to trust beyond the system's: a directory or file",
      "PEM or DER. They hold for the service and for an https web proxy."),
  NO_SSL_HOST_VERIFY(
      Group.TRUST,
      OptionForm.of('k', "no-ssl-host-verify"),
      "Check no certificate. Insecure: for tests",
      "Neither the service's nor the web proxy's; anyone on the way can then read the access"
          + " token."),

  CONFIG(
      Group.FILES,
      OptionForm.of("config").takingPath("FILE"),
      "Options from a file, as lines of 'region = eu-west-1'",
      "A key is the long name of an option, and # begins a comment. An option without a value is"
          + " true or false."),
  SETTINGS_JSON(
      Group.FILES,
      OptionForm.of("settings-json").takingPath("FILE"),
      "Numbers and limits from a file",
      "See SETTINGS."),
  EXPORT_DEFAULT_SETTINGS(
      Group.FILES,
      OptionForm.of("export-default-settings").takingPath("FILE"),
      "Write such a file, with the defaults, and end",
      ""),

  VERBOSE(
      Group.LOG,
      OptionForm.of('v', "verbose").oneOf("LEVEL", "0", "1", "2", "3", "4", "5", "6"),
      "How much: 0 nothing, 1 fatal, 2 error, 3 warning, 4 info (usual), 5 debug, 6 trace",
      "Up to 255, all of which are as 6."),
  LOG_FORMAT(
      Group.LOG,
      OptionForm.of("log-format").oneOf("FORMAT", "text", "json"),
      "text (usual), or json for one object a line",
      "");

  /** What belongs together in the help text. */
  public enum Group {
    GENERAL("General"),
    TUNNEL("The tunnel"),
    THIS_END("This end of it"),
    WEB_PROXY("The web proxy"),
    TRUST("Certificates"),
    FILES("Files of options and settings"),
    LOG("Logging, on standard error");

    private final String heading;

    Group(String heading) {
      this.heading = heading;
    }

    /** Its title, without a colon. */
    public String heading() {
      return heading;
    }
  }

  private final Group group;

  @SuppressWarnings("ImmutableEnumChecker") // a record of strings
  private final OptionForm form;

  private final String description;
  private final String more;

  Option(Group group, OptionForm form, String description, String more) {
    this.group = group;
    this.form = form;
    this.description = description;
    this.more = more;
  }

  public Group group() {
    return group;
  }

  /** How it is written. */
  public OptionForm form() {
    return form;
  }

  /** What it does, in a few words without a full stop at the end. */
  public String description() {
    return description;
  }

  /** What else the manual says of it: sentences, or nothing. */
  public String more() {
    return more;
  }

  /** The environment variable that says the same. */
  Optional<String> variable() {
    return form.variable();
  }
}
