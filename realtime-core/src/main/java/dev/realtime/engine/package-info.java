/** The machine between protocols and domains: sessions, routing, outboxes and dispatch. */
@NullMarked
package dev.realtime.engine;

import org.jspecify.annotations.NullMarked;
