package io.iottunnel.cli.wiring;

import javax.net.ssl.SSLContext;

/**
 * TLS for each hop.
 *
 * @param toService with the tunneling service
 * @param toWebProxy with an https web proxy
 */
record HopsTls(SSLContext toService, SSLContext toWebProxy) {}
