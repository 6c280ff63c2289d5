/** Several nodes over Redis: delivery between nodes and short-lived shared state. Nothing of it is built yet. */
@NullMarked
package dev.realtime.redis;

import org.jspecify.annotations.NullMarked;
