/** The only place that knows event names and their JSON. */
@NullMarked
package dev.realtime.wire;

import org.jspecify.annotations.NullMarked;
