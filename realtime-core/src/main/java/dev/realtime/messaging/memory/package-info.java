/** Messages in the memory of one node, for trials and for hosts that keep nothing. */
@NullMarked
package dev.realtime.messaging.memory;

import org.jspecify.annotations.NullMarked;
