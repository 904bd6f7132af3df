package io.iottunnel.cli.wiring;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * What the process gives to its adapters.
 *
 * @param environment the variables, of which OpenSSL's for trusted authorities and those of
 *     Kerberos count
 * @param in standard input
 * @param out standard output, for bytes
 * @param userAgent how we introduce ourselves to web proxies and the service
 */
public record Host(
    Map<String, String> environment, InputStream in, OutputStream out, String userAgent) {}
