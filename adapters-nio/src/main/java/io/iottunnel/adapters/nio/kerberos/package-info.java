/**
 * Kerberos for web proxies that want Negotiate, by the JDK's GSS-API. Loaded when one asks for it;
 * a Java runtime without {@code java.security.jgss} does for everything else.
 */
@NullMarked
package io.iottunnel.adapters.nio.kerberos;

import org.jspecify.annotations.NullMarked;
