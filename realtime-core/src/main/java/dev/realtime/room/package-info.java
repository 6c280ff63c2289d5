/** Places and who is in them: joining, leaving, participants and the right to enter. */
@NullMarked
package dev.realtime.room;

import org.jspecify.annotations.NullMarked;
