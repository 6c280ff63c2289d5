/** The machine between protocols and domains: sessions, mailboxes, outboxes and dispatch. */
@NullMarked
package dev.realtime.engine;

import org.jspecify.annotations.NullMarked;
