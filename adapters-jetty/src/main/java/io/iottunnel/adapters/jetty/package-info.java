/**
 * The WebSocket to the service and the CONNECT dialog with web proxies, made of Jetty's parts. No
 * class here owns a socket: bytes come from a {@link io.iottunnel.ports.ByteStream} or are handed
 * in.
 */
@NullMarked
package io.iottunnel.adapters.jetty;

import org.jspecify.annotations.NullMarked;
