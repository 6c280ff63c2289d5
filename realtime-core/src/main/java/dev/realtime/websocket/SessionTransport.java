package dev.realtime.websocket;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends through a JSR-356 session, one message after the other: containers either refuse a second one meanwhile or
 * queue it without bound. Any thread may call, as {@link Transport} says.
 */
final class SessionTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTransport.class);

    /** In milliseconds, as a long: how long Tomcat waits for the close frame that answers ours; 30 s by default. */
    private static final String TOMCAT_CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

    private static final long CLOSE_GRACE_MILLIS = 5_000;

    private static final Executor AFTER_GRACE =
            CompletableFuture.delayedExecutor(CLOSE_GRACE_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);

    private final Session session;
    private final Executor blocking;
    private final Executor afterGrace;
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private volatile boolean isCut;
    private boolean isWriting;
    private boolean isPingWaiting;

    /** Sends through {@code session}, which is closed on the shared threads. */
    SessionTransport(Session session) {
        this(session, ClosingThreads.SHARED, AFTER_GRACE);
    }

    /** The same with threads for what may block, and for what is due when the time to answer a close is over. */
    SessionTransport(Session session, Executor blocking, Executor afterGrace) {
        this.session = session;
        this.blocking = blocking;
        this.afterGrace = afterGrace;
    }

    @Override
    public void write(List<Frame> frames, Completion completion) {
        synchronized (this) {
            isWriting = true;
        }
        new Batch(frames, completion).advance();
    }

    /** Waits for the write under way: containers that block in a ping do so until that is done. */
    @Override
    public void ping() {
        synchronized (this) {
            isPingWaiting = isWriting;
            if (isWriting) {
                return;
            }
        }
        blocking.execute(this::sendPing);
    }

    /** A peer that does not answer is cut by its container after a while, where the container has a way. */
    @Override
    public void close(CloseReason reason) {
        if (isClosing.compareAndSet(false, true)) {
            endIdle(CLOSE_GRACE_MILLIS);
            // Undertow tells the end at once and keeps the socket, so that nobody above asks for the cut any more.
            afterGrace.execute(this::cut);
            closeSession(sendable(reason), reason.text());
            stayCut();
        }
    }

    @Override
    public void terminate() {
        cut();
        closeSession(CloseCodes.UNEXPECTED_CONDITION, "terminated");
    }

    private void cut() {
        isCut = true;
        endIdle(1);
    }

    /**
     * Undertow answers the first idle end with a close frame and cuts at the second; and a close that comes when the
     * connection is cut already must not give it time again.
     */
    private void stayCut() {
        if (isCut) {
            endIdle(1);
        }
    }

    /**
     * JSR-356 has no way to cut a connection whose peer reads nothing, so the container is made to do it: Jetty and
     * Undertow end a connection that is idle too long also in the midst of a write and of a close, Tomcat one that
     * was not closed in time. A plain Tyrus does neither and keeps the socket until the peer goes.
     */
    private void endIdle(long millis) {
        try {
            session.setMaxIdleTimeout(millis);
            session.getUserProperties().put(TOMCAT_CLOSE_TIMEOUT, millis);
        } catch (RuntimeException gone) {
            LOG.debug("A session is not to be cut, it has gone already", gone);
        }
    }

    private void writeEnded() {
        boolean isDue;
        synchronized (this) {
            isWriting = false;
            isDue = isPingWaiting;
            isPingWaiting = false;
        }
        if (isDue) {
            blocking.execute(this::sendPing);
        }
    }

    private void sendPing() {
        try {
            session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException gone) {
            LOG.debug("A session could not be pinged; if it has not gone, its pong will be missing", gone);
        }
    }

    private void closeSession(CloseCode code, String text) {
        blocking.execute(() -> {
            try {
                session.close(new jakarta.websocket.CloseReason(code, text));
            } catch (IOException | RuntimeException gone) {
                LOG.debug("A session could not be closed, it has gone already", gone);
            }
            stayCut();
            OpenSessions.SHARED.remove(session);
        });
    }

    /** RFC 6455 section 7.4.1 forbids 1006 in a frame. */
    private static CloseCode sendable(CloseReason reason) {
        return reason == CloseReason.LOST ? CloseCodes.UNEXPECTED_CONDITION : CloseCodes.getCloseCode(reason.code());
    }

    /** The frames of one write on their way. */
    private final class Batch implements SendHandler {
        private final List<Frame> frames;
        private final Completion completion;
        private final AtomicInteger turns = new AtomicInteger();
        private final AtomicBoolean isOver = new AtomicBoolean();
        private int next;

        Batch(List<Frame> frames, Completion completion) {
            this.frames = frames;
            this.completion = completion;
        }

        /** A container may complete on this very stack; counting turns makes that a loop and not a recursion. */
        void advance() {
            if (turns.getAndIncrement() == 0) {
                do {
                    step();
                } while (turns.decrementAndGet() != 0);
            }
        }

        @Override
        public void onResult(SendResult result) {
            if (result.isOK()) {
                advance();
            } else {
                fail(result.getException());
            }
        }

        private void step() {
            if (isOver.get()) {
                return;
            }
            if (next == frames.size()) {
                isOver.set(true);
                writeEnded();
                completion.written();
            } else {
                send(frames.get(next++));
            }
        }

        private void send(Frame frame) {
            try {
                if (frame.isText()) {
                    session.getAsyncRemote().sendText(frame.text(), this);
                } else {
                    session.getAsyncRemote().sendBinary(ByteBuffer.wrap(frame.content()), this);
                }
            } catch (RuntimeException refused) {
                // Whatever a container throws here means that this session sends no more; the others do.
                fail(refused);
            }
        }

        private void fail(Throwable cause) {
            if (isOver.compareAndSet(false, true)) {
                completion.failed(cause);
            }
        }
    }
}
