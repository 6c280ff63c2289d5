/** Calls between two users: who rings whom, the signals that set up the media, and what is left when it is over. */
@NullMarked
package dev.realtime.call;

import org.jspecify.annotations.NullMarked;
