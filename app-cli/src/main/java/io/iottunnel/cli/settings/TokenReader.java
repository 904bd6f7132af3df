package io.iottunnel.cli.settings;

import io.iottunnel.domain.AccessToken;
import io.iottunnel.domain.ClientToken;
import io.iottunnel.domain.ConfigurationException;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the two tokens. */
final class TokenReader {

  private static final String TOKEN_IN_SIGHT =
      "--access-token: others on this machine can read the command line; give the token in the"
          + " variable AWSIOT_TUNNEL_ACCESS_TOKEN instead";

  private TokenReader() {}

  static TokenSettings read(Layers layers, Consumer<String> warnings) {
    AccessToken access = accessToken(layers, warnings);
    Optional<Layer> ofClient = layers.strongestWith(Option.CLIENT_TOKEN, Option.NO_CLIENT_TOKEN);
    Optional<Given> said =
        ofClient.flatMap(layer -> layer.findOneOf(Option.CLIENT_TOKEN, Option.NO_CLIENT_TOKEN));
    boolean none = ofClient.filter(layer -> layer.says(Option.NO_CLIENT_TOKEN)).isPresent();
    return new TokenSettings(
        access, said.filter(given -> !none).map(given -> given.secret(ClientToken::new)), !none);
  }

  private static AccessToken accessToken(Layers layers, Consumer<String> warnings) {
    Given given =
        layers
            .find(Option.ACCESS_TOKEN)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "the option '--access-token' is required but missing"));
    if (given.isFromCommandLine()) {
      warnings.accept(TOKEN_IN_SIGHT);
    }
    return given.secret(AccessToken::new);
  }
}
