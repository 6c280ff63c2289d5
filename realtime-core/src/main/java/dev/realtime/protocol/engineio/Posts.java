package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way in of a session that is polled: one POST at a time, whose packets go up, in order, before it is answered.
 * Anything wrong with one ends the session. Safe for many threads.
 */
final class Posts {
    private static final HttpAnswer OK = new HttpAnswer(
            200,
            Map.of("Content-Type", "text/html", "Cache-Control", "no-store"),
            "ok".getBytes(StandardCharsets.UTF_8));
    private static final HttpAnswer REFUSED = HttpAnswer.empty(400);
    private static final HttpAnswer TOO_LARGE = HttpAnswer.empty(413);

    private final Polling polling;
    private final EngineIoSession session;
    private final int maxBytes;

    private @Nullable HttpExchange arriving;
    private boolean isDelivering;
    private boolean isRetired;

    Posts(Polling polling, EngineIoSession session, int maxBytes) {
        this.polling = polling;
        this.session = session;
        this.maxBytes = maxBytes;
    }

    void post(HttpExchange post) {
        if (!polling.isOpen()) {
            post.answer(EngineIoError.UNKNOWN_SESSION.answer());
        } else if (isBytes(post) || !enter(post)) {
            polling.drop(CloseReason.BAD_FRAME);
            post.answer(REFUSED);
        } else {
            post.whenGone(() -> lost(post));
            post.read(maxBytes, new Reader(post));
        }
    }

    /** Takes no POST from now on, unless one is arriving or going up; tells whether it is so. */
    synchronized boolean retire() {
        isRetired |= arriving == null && !isDelivering;
        return isRetired;
    }

    /** The session is over; what is still arriving is for nobody. */
    void cancel() {
        HttpExchange post;
        synchronized (this) {
            post = arriving;
            arriving = null;
        }
        if (post != null) {
            post.answer(EngineIoError.UNKNOWN_SESSION.answer());
        }
    }

    /** Clients of Engine.IO 3 post bytes; in version 4 everything is text. */
    private static boolean isBytes(HttpExchange post) {
        return post.handshake()
                .header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/octet-stream"))
                .isPresent();
    }

    private synchronized boolean enter(HttpExchange post) {
        if (arriving != null || isDelivering || isRetired) {
            return false;
        }
        arriving = post;
        return true;
    }

    /** Whether the POST is still wanted; if so, it is not arriving any more. */
    private synchronized boolean arrived(HttpExchange post) {
        if (arriving != post) {
            return false;
        }
        arriving = null;
        isDelivering = true;
        return true;
    }

    private void lost(HttpExchange post) {
        boolean isArriving;
        synchronized (this) {
            isArriving = arriving == post;
            arriving = isArriving ? null : arriving;
        }
        if (isArriving) {
            polling.drop(CloseReason.LOST);
        }
    }

    private boolean hear(String packet) {
        Frame frame = Frame.text(packet);
        if (PacketType.of(frame) != PacketType.CLOSE) {
            return session.hear(frame);
        }
        polling.leave();
        session.close(CloseReason.NORMAL);
        polling.gets().flush();
        return true;
    }

    /** In this order: a client that has its answer may go over to a WebSocket at once. */
    private void finish(HttpExchange post, HttpAnswer answer) {
        synchronized (this) {
            isDelivering = false;
        }
        post.answer(answer);
    }

    private final class Reader implements HttpExchange.BodyReader {
        private final HttpExchange post;

        Reader(HttpExchange post) {
            this.post = post;
        }

        @Override
        public void read(byte[] body) {
            if (!arrived(post)) {
                return;
            }
            if (PollPayload.isTaken(body, Posts.this::hear)) {
                finish(post, OK);
            } else {
                polling.drop(CloseReason.BAD_FRAME);
                finish(post, REFUSED);
            }
        }

        @Override
        public void tooLarge() {
            if (arrived(post)) {
                polling.drop(CloseReason.TOO_LARGE);
                finish(post, TOO_LARGE);
            }
        }
    }
}
