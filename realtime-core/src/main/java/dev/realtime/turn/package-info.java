/** One at a time about one thing, and side by side about many. */
@NullMarked
package dev.realtime.turn;

import org.jspecify.annotations.NullMarked;
