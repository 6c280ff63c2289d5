/** The place of each event, and the events themselves for a while, so that a client can hear what it missed. */
@NullMarked
package dev.realtime.recovery;

import org.jspecify.annotations.NullMarked;
