package dev.realtime.runner.server;

import dev.realtime.transport.Acceptor;
import dev.realtime.transport.Connection;
import dev.realtime.transport.GuardedConnection;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import jakarta.websocket.Session;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upgrade on its way through Tyrus, which knows neither the peer's address nor our transport. Tyrus opens the
 * session on the thread that asks for the upgrade; there the current one is found again.
 */
record Upgrade(Handshake handshake, Line line) {
    private static final ThreadLocal<@Nullable Upgrade> CURRENT = new ThreadLocal<>();

    /** Runs {@code step} with this as the current upgrade of the thread. */
    void during(Runnable step) {
        CURRENT.set(this);
        try {
            step.run();
        } finally {
            CURRENT.remove();
        }
    }

    /** The transport of the session that is being opened. */
    static Transport transportOf(Session session) {
        return current().line.transport();
    }

    private static Upgrade current() {
        Upgrade upgrade = CURRENT.get();
        if (upgrade == null) {
            throw new IllegalStateException("a session is opened outside of an upgrade");
        }
        return upgrade;
    }

    /** The acceptor behind the gate: the gate has asked it already and knows more of the handshake than Tyrus. */
    record Admitted(Acceptor acceptor) implements Acceptor {
        @Override
        public Optional<Refusal> refuse(Handshake handshake) {
            return Optional.empty();
        }

        @Override
        public Connection open(Handshake handshake, Transport transport) {
            Upgrade upgrade = current();
            GuardedConnection guarded = GuardedConnection.opening();
            upgrade.line.opened(guarded);
            return guarded.opened(acceptor.open(upgrade.handshake, transport));
        }
    }
}
