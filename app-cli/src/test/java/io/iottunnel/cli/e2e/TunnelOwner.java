package io.iottunnel.cli.e2e;

import io.iottunnel.domain.Mode;
import io.iottunnel.testkit.control.ControlApi;
import io.iottunnel.testkit.emulator.ServiceEmulator;
import io.iottunnel.testkit.emulator.Tunnel;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iotsecuretunneling.IoTSecureTunnelingClient;
import software.amazon.awssdk.services.iotsecuretunneling.model.ClientMode;
import software.amazon.awssdk.services.iotsecuretunneling.model.OpenTunnelRequest;
import software.amazon.awssdk.services.iotsecuretunneling.model.OpenTunnelResponse;
import software.amazon.awssdk.services.iotsecuretunneling.model.RotateTunnelAccessTokenResponse;

/** Who opens, rotates and closes tunnels: the AWS SDK's own client, at the emulated service. */
final class TunnelOwner implements AutoCloseable {

  private final ControlApi api;
  private final IoTSecureTunnelingClient client;

  private TunnelOwner(ControlApi api) {
    this.api = api;
    this.client =
        IoTSecureTunnelingClient.builder()
            .endpointOverride(api.endpoint())
            .region(Region.US_WEST_2)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("owner", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  static TunnelOwner of(ServiceEmulator service) {
    return new TunnelOwner(ControlApi.of(service));
  }

  /** Opens a tunnel, for a test that needs no more of its owner: as the service sees it. */
  static Tunnel openTunnel(ServiceEmulator service, String... services) {
    try (TunnelOwner owner = of(service)) {
      return owner.emulated(owner.open(services));
    }
  }

  /** What the owner hands to both ends. */
  record Opened(String id, String sourceToken, String destinationToken) {
    String token(Mode mode) {
      return switch (mode) {
        case SOURCE -> sourceToken;
        case DESTINATION -> destinationToken;
      };
    }
  }

  /** Opens a tunnel with these services; none for the single unnamed one. */
  Opened open(String... services) {
    OpenTunnelRequest.Builder request =
        OpenTunnelRequest.builder()
            .description("end-to-end test")
            .timeoutConfig(timeouts -> timeouts.maxLifetimeTimeoutMinutes(60));
    if (services.length > 0) {
      request.destinationConfig(config -> config.services(services));
    }
    OpenTunnelResponse opened = client.openTunnel(request.build());
    return new Opened(
        opened.tunnelId(), opened.sourceAccessToken(), opened.destinationAccessToken());
  }

  /** The new tokens of both ends. */
  Opened rotate(Opened tunnel) {
    RotateTunnelAccessTokenResponse rotated =
        client.rotateTunnelAccessToken(
            request -> request.tunnelId(tunnel.id()).clientMode(ClientMode.ALL));
    return new Opened(tunnel.id(), rotated.sourceAccessToken(), rotated.destinationAccessToken());
  }

  void close(Opened tunnel) {
    client.closeTunnel(request -> request.tunnelId(tunnel.id()));
  }

  /** The tunnel from the service's side. */
  Tunnel emulated(Opened tunnel) {
    return api.tunnel(tunnel.id());
  }

  IoTSecureTunnelingClient client() {
    return client;
  }

  /** The tunnels that are open, by their ids. */
  List<String> openTunnels() {
    return client.listTunnelsPaginator(request -> request.maxResults(1)).stream()
        .flatMap(page -> page.tunnelSummaries().stream())
        .filter(summary -> summary.statusAsString().equals("OPEN"))
        .map(summary -> summary.tunnelId())
        .toList();
  }

  @Override
  public void close() {
    client.close();
    api.close();
  }
}
