package dev.realtime.engine;

import dev.realtime.engine.outbox.Flusher;
import dev.realtime.engine.outbox.Outbox;
import dev.realtime.protocol.Protocol;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.OriginPolicy;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** All live connections of the node, and the threads that write to them. Any thread may call. */
public final class Pipeline implements AutoCloseable {
    private final Parts parts;
    private final List<Flusher> flushers = new ArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final Set<LiveConnection> connections = ConcurrentHashMap.newKeySet();
    private final Drain drain;
    private volatile boolean isClosed;

    /** Starts the flushers: one for two cores, at least one. */
    public Pipeline(Parts parts) {
        this.parts = parts;
        this.drain = new Drain(parts);
        int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        for (int i = 1; i <= count; i++) {
            flushers.add(new Flusher("realtime-flusher-" + i).start());
        }
    }

    /** Takes connections that speak {@code protocol}, each namespace a way to the same sessions and rooms. */
    public Acceptor acceptor(Protocol protocol, Set<String> namespaces, OriginPolicy origins) {
        Door door = new Door(protocol, namespaces);
        Acceptor upper = new Acceptor() {
            @Override
            public Optional<Refusal> refuse(Handshake handshake) {
                return origins.allows(handshake)
                        ? parts.admission().refuse(handshake)
                        : Optional.of(parts.vocabulary().foreignOrigin());
            }

            @Override
            public Connection open(Handshake handshake, Transport transport) {
                return Pipeline.this.open(door, handshake, transport);
            }

            @Override
            public OriginPolicy origins() {
                return origins;
            }
        };
        return protocol.beneath(upper, parts.timers());
    }

    /**
     * Tells every client to come back elsewhere and closes the connections in stages; returns when all are closed or
     * the time for it is over. New ones are refused from the first moment.
     */
    public void drain() {
        parts.admission().drain();
        drain.run(Set.copyOf(connections));
    }

    /** Stops the flushers; what is still open is cut. */
    @Override
    public void close() {
        isClosed = true;
        connections.forEach(LiveConnection::cut);
        flushers.forEach(Flusher::close);
    }

    Parts parts() {
        return parts;
    }

    void closed(LiveConnection connection) {
        if (connections.remove(connection)) {
            parts.admission().connectionClosed();
        }
    }

    private Connection open(Door door, Handshake handshake, Transport transport) {
        Flusher flusher = flushers.get(Math.floorMod(opened.getAndIncrement(), flushers.size()));
        Outbox outbox = new Outbox(transport, flusher, parts.settings().queueBytes());
        LiveConnection connection = new LiveConnection(this, door, handshake, transport, outbox);
        parts.admission().connectionOpened();
        connections.add(connection);
        connection.begin();
        if (parts.admission().isDraining()) {
            // It was let in just before, and is perhaps not among those that are being told.
            drain.tell(connection);
        }
        if (isClosed) {
            connection.cut();
        }
        return connection;
    }

    static final Duration CUT_AFTER = Duration.ofSeconds(5);
}
