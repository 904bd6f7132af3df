/** Contract tests for each port, the service emulator, and scripted web proxies. */
module io.iottunnel.testkit {
  requires transitive io.iottunnel.domain;
  requires transitive io.iottunnel.ports;
  requires transitive org.junit.jupiter.api;
  requires transitive com.google.protobuf;
  requires com.google.gson;
  requires jdk.httpserver;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires static org.jspecify;

  exports io.iottunnel.testkit.contract;
  exports io.iottunnel.testkit.control;
  exports io.iottunnel.testkit.emulator;
  exports io.iottunnel.testkit.fuzz;
  exports io.iottunnel.testkit.load;
  exports io.iottunnel.testkit.real;
  exports io.iottunnel.testkit.secrets;
  exports io.iottunnel.testkit.webproxy;
  exports io.iottunnel.testkit.websocket;
  exports io.iottunnel.testkit.wire;
  exports io.iottunnel.testkit;

  provides org.junit.jupiter.api.extension.Extension with
      io.iottunnel.testkit.secrets.SecretScan;
}
