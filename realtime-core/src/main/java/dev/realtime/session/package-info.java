/** One live connection of one user, as a host application sees it. */
@NullMarked
package dev.realtime.session;

import org.jspecify.annotations.NullMarked;
