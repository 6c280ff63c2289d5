/** An event on its way to its audience, on this node and on the others. */
@NullMarked
package dev.realtime.fanout;

import org.jspecify.annotations.NullMarked;
