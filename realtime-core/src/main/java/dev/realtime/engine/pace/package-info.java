/** How often something may happen, and how long something may last: buckets, counters and deadlines. */
@NullMarked
package dev.realtime.engine.pace;

import org.jspecify.annotations.NullMarked;
