/** A message store of a host's own: a journal file. */
@NullMarked
package dev.realtime.examples.store;

import org.jspecify.annotations.NullMarked;
