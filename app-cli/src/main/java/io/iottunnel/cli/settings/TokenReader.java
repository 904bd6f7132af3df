package io.iottunnel.cli.settings;

import io.iottunnel.cli.given.Given;
import io.iottunnel.cli.given.SecretFile;
import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.ConfigurationException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the two tokens. */
final class TokenReader {

  private static final String TOKEN_IN_SIGHT =
      "--access-token: others on this machine can read the command line; give the token in the"
          + " variable AWSIOT_TUNNEL_ACCESS_TOKEN or by --access-token-file instead";

  private TokenReader() {}

  static TokenSettings read(Layers layers, InputStream in, Consumer<String> warnings) {
    AccessToken access = accessToken(layers, in, warnings);
    Optional<Layer> ofClient = layers.strongestWith(Option.CLIENT_TOKEN, Option.NO_CLIENT_TOKEN);
    Optional<Given> said =
        ofClient.flatMap(layer -> layer.findOneOf(Option.CLIENT_TOKEN, Option.NO_CLIENT_TOKEN));
    said.flatMap(Given::file).flatMap(SecretFile::warning).ifPresent(warnings);
    boolean none = ofClient.filter(layer -> layer.says(Option.NO_CLIENT_TOKEN)).isPresent();
    return new TokenSettings(
        access, said.filter(given -> !none).map(given -> given.secret(ClientToken::new)), !none);
  }

  private static AccessToken accessToken(Layers layers, InputStream in, Consumer<String> warnings) {
    Layer layer =
        layers
            .strongestWith(Option.ACCESS_TOKEN, Option.ACCESS_TOKEN_FILE)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "the option '--access-token' is required but missing"));
    Given given = layer.findOneOf(Option.ACCESS_TOKEN, Option.ACCESS_TOKEN_FILE).orElseThrow();
    if (layer.says(Option.ACCESS_TOKEN_FILE)) {
      return SecretFile.read(given, in, warnings).secret(TokenReader::accessToken);
    }
    if (given.isFromCommandLine()) {
      warnings.accept(TOKEN_IN_SIGHT);
    }
    given.file().flatMap(SecretFile::warning).ifPresent(warnings);
    return given.secret(TokenReader::accessToken);
  }

  private static AccessToken accessToken(String value) {
    return new AccessToken(value.strip());
  }
}
