/** Chat messages: stored, numbered per room, announced in order, and read back. */
@NullMarked
package dev.realtime.messaging;

import org.jspecify.annotations.NullMarked;
