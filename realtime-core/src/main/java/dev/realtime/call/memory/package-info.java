/** Calls kept in memory: bounded, for one node, gone with it. */
@NullMarked
package dev.realtime.call.memory;

import org.jspecify.annotations.NullMarked;
