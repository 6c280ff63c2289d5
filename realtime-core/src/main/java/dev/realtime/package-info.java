/** The assembled node: settings, services, and the door for protocols. */
@NullMarked
package dev.realtime;

import org.jspecify.annotations.NullMarked;
