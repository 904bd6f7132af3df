package io.iottunnel.cli;

import static io.iottunnel.cli.OptionRow.logging;
import static io.iottunnel.testkit.secrets.Secrets.token;

import io.iottunnel.cli.settings.Option;
import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.wire.MessageType;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rows of the options' table, grouped into what one process shows.
 *
 * @param hasShortForms whether the options have other forms than the long ones
 * @param rows the rows in a scene, which learns what is to happen to their process
 */
record OptionRows(String name, boolean hasShortForms, Function<OptionScene, List<OptionRow>> rows) {

  static List<OptionRows> all() {
    return List.of(
        new OptionRows("source", true, OptionRows::source),
        new OptionRows("destination", true, OptionRows::destination),
        new OptionRows("behind a web proxy", false, OptionRows::behindAWebProxy),
        new OptionRows("stdio", false, OptionRows::stdio),
        new OptionRows("mapped by files", false, OptionRows::mappedByFiles),
        new OptionRows("help", true, OptionRows::help),
        new OptionRows("version", true, OptionRows::version),
        new OptionRows("export", false, OptionRows::export));
  }

  List<OptionRow> in(OptionScene scene) {
    return rows.apply(scene);
  }

  private static List<OptionRow> source(OptionScene scene) {
    String clientToken = token();
    scene.then(scene::aClientComes);
    return List.of(
        new OptionRow(
            Option.ACCESS_TOKEN,
            scene.tunnel().source().token(),
            run ->
                scene.handshake(Mode.SOURCE).status() == 101
                    && run.err().contains("[warning] --access-token")
                    && run.err().contains("AWSIOT_TUNNEL_ACCESS_TOKEN")),
        new OptionRow(
            Option.CLIENT_TOKEN,
            clientToken,
            run -> scene.handshake(Mode.SOURCE).clientToken().equals(Optional.of(clientToken))),
        logging(
            Option.PROXY_ENDPOINT,
            scene.service().address().toString(),
            "with endpoint wss://" + scene.service().address()),
        logging(Option.SOURCE_LISTEN_PORT, "SSH1=127.0.0.1:0", "[info] SSH1 = 127.0.0.1:"),
        logging(
            Option.CAPATH,
            scene.directoryOf("certificates/ca.pem", scene.serviceCa()),
            "Web socket session ID: "),
        logging(Option.VERBOSE, "5", "[debug] Seting up web socket pings"),
        logging(Option.MODE, "src", "Starting proxy in source mode"),
        new OptionRow(
            Option.DESTINATION_CLIENT_TYPE,
            "V2",
            run ->
                scene
                        .tunnel()
                        .source()
                        .awaitMessage(MessageType.STREAM_START)
                        .message()
                        .connectionId()
                    == 0));
  }

  private static List<OptionRow> destination(OptionScene scene) {
    scene.environment().put("AWSIOT_TUNNEL_ACCESS_TOKEN", scene.tunnel().destination().token());
    scene.environment().put("HTTPS_PROXY", scene.openWebProxy());
    scene.then(run -> scene.aStreamStarts());
    return List.of(
        logging(
            Option.REGION,
            "us-west-2",
            "with endpoint wss://" + OptionScene.REGIONAL_NAME + ":443"),
        logging(
            Option.DESTINATION_APP,
            "SSH1=" + scene.applicationAddress(),
            "[info] SSH1 = " + scene.applicationAddress()),
        new OptionRow(
            Option.LOCAL_BIND_ADDRESS,
            "127.0.0.2",
            run ->
                scene
                    .applicationsClient()
                    .map(InetAddress::getHostAddress)
                    .equals(Optional.of("127.0.0.2"))),
        logging(Option.NO_SSL_HOST_VERIFY, "", "SECURITY WARNING: --no-ssl-host-verify/-k"),
        logging(Option.MODE, "dst", "Starting proxy in destination mode"));
  }

  private static List<OptionRow> behindAWebProxy(OptionScene scene) {
    String url = "https://" + scene.user().user() + "@localhost:" + scene.webProxy().port();
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (scene.user().user() + ":" + scene.user().password())
                        .getBytes(StandardCharsets.UTF_8));
    scene.then(scene::aClientComes);
    return List.of(
        logging(Option.WEB_PROXY, url, "Found Web proxy information in --web-proxy"),
        new OptionRow(
            Option.WEB_PROXY_PASSWORD_FILE,
            scene.file("password", scene.user().password() + "\n"),
            run -> scene.webProxy().authorizations().equals(List.of(basic))),
        new OptionRow(
            Option.WEB_PROXY_AUTH, "basic", run -> scene.webProxy().requests().size() == 1),
        logging(
            Option.WEB_PROXY_CA,
            scene.file("company.pem", scene.companyCa()),
            "Performed SSL handshake with Web proxy successfully"),
        logging(
            Option.WEB_PROXY_CERT,
            scene.file("device.pem", scene.device().chainPem()),
            "TCP tunnel established successfully"),
        logging(
            Option.WEB_PROXY_KEY,
            scene.file("device.key", scene.device().keyPem()),
            "TCP tunnel established successfully"),
        new OptionRow(
            Option.CONNECT_WITH,
            "httpclient",
            run -> scene.webProxy().requests().get(0).values("Host").size() == 1),
        new OptionRow(
            Option.NO_CLIENT_TOKEN,
            "",
            run -> scene.handshake(Mode.SOURCE).clientToken().isEmpty()),
        new OptionRow(
            Option.ACCESS_TOKEN_FILE,
            scene.file("token", scene.tunnel().source().token() + "\n"),
            run -> scene.handshake(Mode.SOURCE).status() == 101),
        logging(
            Option.CONFIG,
            scene.file(
                "options.conf",
                "# a source\nmode = source\ncapath = %s\nproxy-endpoint = %s\n"
                    .formatted(
                        scene.file("service.pem", scene.serviceCa()), scene.service().address())),
            "Starting proxy in source mode"),
        logging(
            Option.SETTINGS_JSON,
            scene.file(
                "settings.json",
                "{\"tunneling\": {\"proxy\": {\"websocket\": {\"ping_period_ms\": 1234}}}}"),
            "pings for every 1234 milliseconds"),
        logging(Option.VERBOSE, "5", "pings for every"),
        new OptionRow(
            Option.LOG_FORMAT,
            "json",
            run ->
                run.err()
                    .lines()
                    .allMatch(
                        line ->
                            line.matches(
                                "\\{\"time\":\"[-0-9]{10}T[:0-9]{8}\\.\\d{6}Z\",\"level\":\"[a-z]+\","
                                    + "\"thread\":\"[^\"]+\",\"message\":\".+\"\\}"))));
  }

  private static List<OptionRow> stdio(OptionScene scene) {
    asSource(scene);
    scene.then(
        run -> {
          scene.tunnel().source().awaitMessage(MessageType.STREAM_START);
          scene.tunnel().close();
        });
    return List.of(
        new OptionRow(
            Option.STDIO,
            "SSH1",
            run ->
                run.out().isEmpty()
                    && run.err()
                        .startsWith("Running AWS IoT Secure Tunneling Local Proxy version: ")
                    && run.err().contains("SSH1 = standard input and output")));
  }

  private static List<OptionRow> mappedByFiles(OptionScene scene) {
    asSource(scene);
    scene.file("services/broken.ini", "no mapping\n");
    scene.file("services/below/SSH1.ini", "SSH1=127.0.0.1:0\n");
    scene.then(scene::aClientComes);
    return List.of(
        new OptionRow(
            Option.CONFIG_DIR,
            scene.path("services").toString(),
            run ->
                run.err().contains("[info] SSH1 = 127.0.0.1:")
                    && run.err().lines().anyMatch(OptionRows::warnsOfTheBrokenFile)),
        logging(Option.MODE, "source", "Starting proxy in source mode"));
  }

  private static boolean warnsOfTheBrokenFile(String line) {
    return line.contains("[warning] ") && line.contains("services/broken.ini");
  }

  private static void asSource(OptionScene scene) {
    scene.environment().put("AWSIOT_TUNNEL_ACCESS_TOKEN", scene.tunnel().source().token());
    scene.environment().put("AWSIOT_TUNNEL_ENDPOINT", scene.service().address().toString());
    scene.environment().put("SSL_CERT_FILE", scene.file("ca.pem", scene.serviceCa()));
  }

  private static List<OptionRow> help(OptionScene scene) {
    return List.of(
        new OptionRow(
            Option.HELP,
            "",
            run ->
                run.err().isEmpty()
                    && run.out().contains("Show help message")
                    && List.of(Option.values()).stream()
                        .allMatch(option -> run.out().contains(option.form().longForm()))));
  }

  /** Nothing else is validated. */
  private static List<OptionRow> version(OptionScene scene) {
    return List.of(
        new OptionRow(
            Option.VERSION,
            "",
            run ->
                run.err().isEmpty()
                    && run.out()
                        .matches(
                            "Running AWS IoT Secure Tunneling Local Proxy version: \\d+\\.\\d+\\.\\d+\n")),
        new OptionRow(Option.SOURCE_LISTEN_PORT, "nonsense", run -> true));
  }

  private static List<OptionRow> export(OptionScene scene) {
    return List.of(
        new OptionRow(
            Option.EXPORT_DEFAULT_SETTINGS,
            scene.path("defaults.json").toString(),
            run -> Files.exists(scene.path("defaults.json"))));
  }
}
