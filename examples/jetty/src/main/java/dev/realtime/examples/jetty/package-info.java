/** The library in an embedded Jetty. */
@NullMarked
package dev.realtime.examples.jetty;

import org.jspecify.annotations.NullMarked;
