/** Time handed in: a monotonic clock with alarms, so that tests move it by hand. */
@NullMarked
package dev.realtime.time;

import org.jspecify.annotations.NullMarked;
