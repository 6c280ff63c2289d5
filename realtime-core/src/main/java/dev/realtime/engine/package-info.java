/** The machine between protocols and domains: sessions, routing and dispatch. */
@NullMarked
package dev.realtime.engine;

import org.jspecify.annotations.NullMarked;
