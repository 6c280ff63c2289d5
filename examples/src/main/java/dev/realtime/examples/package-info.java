/** Programs that use the library. */
@NullMarked
package dev.realtime.examples;

import org.jspecify.annotations.NullMarked;
