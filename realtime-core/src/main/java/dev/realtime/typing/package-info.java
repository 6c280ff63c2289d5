/** Who is writing something just now. */
@NullMarked
package dev.realtime.typing;

import org.jspecify.annotations.NullMarked;
