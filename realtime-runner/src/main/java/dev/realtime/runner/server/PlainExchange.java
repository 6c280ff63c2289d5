package dev.realtime.runner.server;

import dev.realtime.time.Timers;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.Buffers;
import org.jspecify.annotations.Nullable;

/** One plain request to an acceptor, on a connection of Grizzly. Any thread may call, as {@link HttpExchange} says. */
final class PlainExchange implements HttpExchange {
    /** How much of a body is kept before somebody asks for it, beside what came with the head. */
    private static final int UNASKED = 65_536;

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Attribute<PlainExchange> OPEN =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("dev.realtime.runner.exchange");

    private final FilterChainContext context;
    private final HttpRequestPacket head;
    private final Handshake handshake;
    private final Timers timers;
    private final Guests guests;

    private @Nullable ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private boolean isWhole;
    private int limit = UNASKED;
    private boolean isTooLarge;
    private @Nullable BodyReader reader;
    private @Nullable Runnable whenGone;
    private boolean isGone;
    private boolean isAnswered;
    private boolean isDone;
    private boolean isGuest;

    PlainExchange(
            FilterChainContext context, HttpRequestPacket head, Handshake handshake, Timers timers, Guests guests) {
        this.context = context;
        this.head = head;
        this.timers = timers;
        this.handshake = handshake;
        this.guests = guests;
    }

    /** The request on this connection that is not answered, or not read to its end. */
    static Optional<PlainExchange> openOn(Connection<?> connection) {
        return Optional.ofNullable(OPEN.get(connection));
    }

    /** From now on this is the request of its connection. */
    void open() {
        OPEN.set(connection(), this);
        guests.came();
        synchronized (this) {
            isGuest = true;
        }
    }

    /** It is somebody else's to answer. */
    void pass() {
        OPEN.remove(connection());
        HttpIdle.resume(connection());
        leave();
    }

    boolean isOf(HttpRequestPacket other) {
        return head == other;
    }

    /** Whether the last of the body has come. */
    synchronized boolean isWhole() {
        return isWhole;
    }

    /** A piece of the body, or the last of it. It is left to be read again, as long as nobody has taken the request. */
    void arrived(HttpContent content) {
        if (HttpContent.isBroken(content)) {
            gone();
            return;
        }
        synchronized (this) {
            keep(content.getContent());
            isWhole |= content.isLast();
            if (isWhole && !isAnswered) {
                HttpIdle.suspend(connection());
            }
        }
        tellReader();
        if (isOverdue()) {
            connection().closeSilently();
        }
    }

    /** The connection is no more. */
    void gone() {
        Runnable action;
        synchronized (this) {
            isGone = true;
            action = isAnswered ? null : whenGone;
            whenGone = null;
            reader = null;
        }
        leave();
        if (action != null) {
            action.run();
        }
    }

    @Override
    public String method() {
        return head.getMethod().getMethodString();
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public void read(int maxBytes, BodyReader bodyReader) {
        boolean isAwaited;
        synchronized (this) {
            limit = maxBytes;
            reader = bodyReader;
            isAwaited = head.requiresAcknowledgement() && head.getContentLength() <= maxBytes;
        }
        if (isAwaited) {
            acknowledge();
        }
        tellReader();
    }

    @Override
    public void whenGone(Runnable action) {
        boolean isLate;
        synchronized (this) {
            isLate = isGone;
            whenGone = isLate ? null : action;
        }
        if (isLate) {
            action.run();
        }
    }

    @Override
    public void answer(HttpAnswer answer, Transport.Completion completion) {
        synchronized (this) {
            if (isAnswered) {
                return;
            }
            isAnswered = true;
            whenGone = null;
            reader = null;
            body = null;
        }
        send(answer, completion);
    }

    private Connection<?> connection() {
        return context.getConnection();
    }

    private void keep(Buffer piece) {
        ByteArrayOutputStream kept = body;
        if (kept == null || isTooLarge) {
            return;
        }
        isTooLarge = kept.size() > 0 && kept.size() + piece.remaining() > limit;
        int start = piece.position();
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        piece.position(start);
        kept.writeBytes(bytes);
    }

    private void tellReader() {
        BodyReader told;
        byte[] bytes;
        boolean isRefused;
        synchronized (this) {
            ByteArrayOutputStream kept = body;
            if (reader == null || kept == null) {
                return;
            }
            isRefused = isTooLarge || head.getContentLength() > limit || kept.size() > limit;
            if (!isRefused && !isWhole) {
                return;
            }
            told = reader;
            reader = null;
            bytes = isRefused ? new byte[0] : kept.toByteArray();
            body = null;
        }
        if (isRefused) {
            told.tooLarge();
        } else {
            told.read(bytes);
        }
    }

    /** The client waits for a word before it sends the body (RFC 9110 section 10.1.1). */
    private void acknowledge() {
        HttpResponsePacket response = response(HttpStatus.CONINTUE_100.getStatusCode());
        response.setAcknowledgement(true);
        context.write(response);
    }

    private void send(HttpAnswer answer, Transport.Completion completion) {
        HttpResponsePacket response = response(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.status() != HttpStatus.NO_CONTENT_204.getStatusCode()) {
            response.setContentLength(answer.body().length);
        }
        boolean isWhole = isWhole();
        if (isWhole) {
            OPEN.remove(connection());
        }
        HttpIdle.resume(connection());
        if (isWhole && head.getProcessingState().isKeepAlive()) {
            // Starts the clock of idle connections; after the answer it would stop that of the next request.
            context.notifyDownstream(HttpServerFilter.RESPONSE_COMPLETE_EVENT);
        } else {
            response.setHeader("Connection", "close");
        }
        byte[] sent = Method.HEAD.equals(head.getMethod()) ? new byte[0] : answer.body();
        try {
            context.write(
                    HttpContent.builder(response)
                            .content(Buffers.wrap(null, sent))
                            .last(true)
                            .build(),
                    new Sent(completion));
        } catch (RuntimeException broken) {
            // Whatever Grizzly throws means that this connection sends no more; the caller hears it as a failed write.
            leave();
            completion.failed(broken);
        }
    }

    private void leave() {
        synchronized (this) {
            if (!isGuest) {
                return;
            }
            isGuest = false;
        }
        guests.left();
    }

    private synchronized boolean isOverdue() {
        return isDone && isWhole;
    }

    /** A connection closed with unread bytes is reset, and the peer may lose the answer; so the rest is let come. */
    private void hangUp() {
        synchronized (this) {
            isDone = true;
        }
        if (isOverdue()) {
            connection().closeSilently();
        } else {
            timers.after(GRACE, connection()::terminateSilently);
        }
    }

    private HttpResponsePacket response(int status) {
        HttpResponsePacket response = head.getResponse();
        response.setProtocol(Protocol.HTTP_1_1);
        response.setStatus(status);
        return response;
    }

    /** Grizzly declares the handler of a filter's write without the types of its result. */
    @SuppressWarnings("rawtypes")
    private final class Sent extends EmptyCompletionHandler<WriteResult> {
        private final Transport.Completion completion;

        Sent(Transport.Completion completion) {
            this.completion = completion;
        }

        @Override
        public void completed(WriteResult result) {
            leave();
            if (!head.getProcessingState().isKeepAlive()) {
                hangUp();
            }
            completion.written();
        }

        @Override
        public void failed(Throwable cause) {
            leave();
            completion.failed(cause);
        }

        @Override
        public void cancelled() {
            leave();
            completion.failed(new CancellationException("the answer was cancelled"));
        }
    }
}
