package dev.realtime.runner.server;

import dev.realtime.runner.tls.TlsIdentity;
import dev.realtime.time.Timers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Has the certificate read again when its files change; looks every five seconds, on an executor that may block. */
final class TlsRenewal {
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final TlsIdentity identity;
    private final Timers timers;
    private final Executor blocking;
    private volatile boolean isStopped;

    TlsRenewal(TlsIdentity identity, Timers timers, Executor blocking) {
        this.identity = identity;
        this.timers = timers;
        this.blocking = blocking;
    }

    void start() {
        timers.after(BETWEEN, this::look);
    }

    void stop() {
        isStopped = true;
    }

    private void look() {
        if (isStopped) {
            return;
        }
        try {
            blocking.execute(identity::refresh);
        } catch (RejectedExecutionException busy) {
            // Looked at again next time.
        }
        timers.after(BETWEEN, this::look);
    }
}
