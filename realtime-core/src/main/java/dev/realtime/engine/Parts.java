package dev.realtime.engine;

import dev.realtime.auth.Authenticator;
import dev.realtime.fanout.Fanout;
import dev.realtime.session.SessionListener;
import dev.realtime.session.SessionSettings;
import dev.realtime.time.Timers;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What the engine is built of.
 *
 * @param workers runs handlers and whatever may block
 * @param time the clock of timestamps
 * @param timers the clock of deadlines
 * @param listener hears of sessions; must not throw
 * @param fanout the way of events that may have to be heard again
 */
public record Parts(
        SessionSettings settings,
        Hub hub,
        Router router,
        Admission admission,
        Vocabulary vocabulary,
        Resumption resumption,
        Authenticator authenticator,
        SessionListener listener,
        Fanout fanout,
        Executor workers,
        InstantSource time,
        Timers timers) {}
