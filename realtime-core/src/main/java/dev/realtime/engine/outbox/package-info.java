/** What waits to leave, and how it leaves: parcels in the bytes of their channel, queues and the threads that write. */
@NullMarked
package dev.realtime.engine.outbox;

import org.jspecify.annotations.NullMarked;
