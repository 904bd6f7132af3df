/** {@code localproxy demo}: a tunnel with all of its parts on one machine. */
@NullMarked
package io.iottunnel.testkit.demo;

import org.jspecify.annotations.NullMarked;
