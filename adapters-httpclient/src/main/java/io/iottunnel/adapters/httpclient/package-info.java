/**
 * The CONNECT dialog with web proxies, made of the parts of Apache HttpClient (authentication) and
 * HttpCore (HTTP/1.1). No class here owns a socket: bytes are handed in.
 */
@NullMarked
package io.iottunnel.adapters.httpclient;

import org.jspecify.annotations.NullMarked;
