/** Who is there, and what they say of themselves. */
@NullMarked
package dev.realtime.presence;

import org.jspecify.annotations.NullMarked;
