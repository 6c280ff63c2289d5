package dev.realtime.engine;

import dev.realtime.address.UserId;
import dev.realtime.engine.pace.Buckets;
import dev.realtime.engine.pace.TokenBucket;
import dev.realtime.engine.work.Backlog;
import dev.realtime.error.ErrorCode;
import dev.realtime.session.SessionSettings;
import dev.realtime.time.Timers;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Who and what is let in: connections by number and rate, events by rate. Any thread. */
public final class Admission {
    private static final int MAX_ADDRESSES = 100_000;
    private static final Duration FULL_RETRY = Duration.ofSeconds(10);

    private final SessionSettings settings;
    private final Timers timers;
    private final Vocabulary vocabulary;
    private final TokenBucket.Rate eventRate;
    private final Buckets<UserId> messages;
    private final Buckets<UserId> calls;
    private final Buckets<String> addresses;
    private final AtomicInteger connections = new AtomicInteger();
    private final Backlog backlog;
    private volatile boolean isDraining;

    /** Lets in as much as the settings say. */
    public Admission(SessionSettings settings, Timers timers, Vocabulary vocabulary) {
        SessionSettings.Rates rates = settings.rates();
        this.settings = settings;
        this.timers = timers;
        this.vocabulary = vocabulary;
        this.backlog = new Backlog(settings);
        this.eventRate = new TokenBucket.Rate(rates.eventsPerSecond(), rates.eventsBurst());
        this.messages = new Buckets<>(
                new TokenBucket.Rate(rates.messagesPerSecond(), rates.messagesBurst()), settings.maxConnections());
        this.calls = new Buckets<>(
                new TokenBucket.Rate(rates.callsPerMinute(), Duration.ofMinutes(1), rates.callsPerMinute()),
                settings.maxConnections());
        this.addresses =
                new Buckets<>(new TokenBucket.Rate(rates.connectsPerSecond(), rates.connectsBurst()), MAX_ADDRESSES);
    }

    /** Why a handshake is turned away, if it is. */
    Optional<Refusal> refuse(Handshake handshake) {
        if (isDraining) {
            return Optional.of(vocabulary.turnedAway(ErrorCode.SERVER_DRAINING, Optional.of(settings.drainTimeout())));
        }
        if (connections.get() >= settings.maxConnections()) {
            return Optional.of(vocabulary.turnedAway(ErrorCode.TOO_MANY_CONNECTIONS, Optional.of(FULL_RETRY)));
        }
        return handshake
                .remoteAddress()
                .map(address -> addresses.of(address, timers.nanoTime()).take(timers.nanoTime()))
                .filter(wait -> wait > 0)
                .map(wait -> vocabulary.turnedAway(ErrorCode.RATE_LIMITED, Optional.of(Duration.ofNanos(wait))));
    }

    void connectionOpened() {
        connections.incrementAndGet();
    }

    void connectionClosed() {
        connections.decrementAndGet();
    }

    /** What waits for its turn on the node. */
    Backlog backlog() {
        return backlog;
    }

    /** The bucket of a new session's events. */
    TokenBucket newEventBucket() {
        return new TokenBucket(eventRate, timers.nanoTime());
    }

    Buckets<UserId> messages() {
        return messages;
    }

    Buckets<UserId> calls() {
        return calls;
    }

    /** From now on nobody is let in. */
    void drain() {
        isDraining = true;
    }

    boolean isDraining() {
        return isDraining;
    }
}
