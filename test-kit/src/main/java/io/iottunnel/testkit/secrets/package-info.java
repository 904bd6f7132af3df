/**
 * One check for a whole suite: no secret of any test is in anything that any test printed. Tests
 * get their secrets from {@link io.iottunnel.testkit.secrets.Secrets}; {@link
 * io.iottunnel.testkit.secrets.SecretScan} does the rest.
 */
@NullMarked
package io.iottunnel.testkit.secrets;

import org.jspecify.annotations.NullMarked;
