/** What every part of the library may throw: exceptions with a code that is stable on the wire. */
@NullMarked
package dev.realtime.error;

import org.jspecify.annotations.NullMarked;
