/** The threads that work, and what waits for them. */
@NullMarked
package dev.realtime.engine.work;

import org.jspecify.annotations.NullMarked;
