/** The server as a whole, seen through its port by clients that know nothing of how it is made. */
@NullMarked
package dev.realtime.runner.blackbox;

import org.jspecify.annotations.NullMarked;
