/** The library in an embedded Undertow. */
@NullMarked
package dev.realtime.examples.undertow;

import org.jspecify.annotations.NullMarked;
