/** The border between frames and meaning: what a wire protocol decodes to and encodes from. */
@NullMarked
package dev.realtime.protocol;

import org.jspecify.annotations.NullMarked;
