/** Mounts an acceptor's plain HTTP side on any servlet container; the only place that knows jakarta.servlet. */
@NullMarked
package dev.realtime.servlet;

import org.jspecify.annotations.NullMarked;
