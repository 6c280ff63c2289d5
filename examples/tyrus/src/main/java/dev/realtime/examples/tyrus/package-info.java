/** The library in a plain Tyrus. */
@NullMarked
package dev.realtime.examples.tyrus;

import org.jspecify.annotations.NullMarked;
