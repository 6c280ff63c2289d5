package dev.realtime.runner.server;

import dev.realtime.runner.http.Request;
import dev.realtime.runner.http.Response;
import dev.realtime.transport.Handshake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.ReadHandler;
import org.glassfish.grizzly.WriteHandler;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.io.NIOInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HTTP request on its way to a page and its answer on the way back. One thread at a time, not always the same. */
final class Exchange implements ReadHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final org.glassfish.grizzly.http.server.Request incoming;
    private final org.glassfish.grizzly.http.server.Response outgoing;
    private final PageHandler handler;
    private final NIOInputStream input;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private final AtomicBoolean isFinished = new AtomicBoolean();
    private int limit;

    Exchange(
            org.glassfish.grizzly.http.server.Request incoming,
            org.glassfish.grizzly.http.server.Response outgoing,
            PageHandler handler) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.handler = handler;
        this.input = incoming.getNIOInputStream();
    }

    /** Reads the body, up to {@code maxBodyBytes}, then asks the page. */
    void begin(int maxBodyBytes) {
        limit = maxBodyBytes;
        if (incoming.getContentLengthLong() > limit) {
            finish(Answers.TOO_LARGE);
        } else {
            input.notifyAvailable(this);
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        if (take()) {
            input.notifyAvailable(this);
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        if (!take()) {
            return;
        }
        Request request = request();
        try {
            handler.pages().execute(() -> finish(answer(request)));
        } catch (RejectedExecutionException busy) {
            finish(Answers.BUSY);
        }
    }

    @Override
    public void onError(Throwable cause) {
        LOG.debug("A request broke off", cause);
        if (isFinished.compareAndSet(false, true)) {
            handler.finished();
        }
    }

    /** Sends the answer, once; a client that has gone meanwhile misses it. */
    void finish(Response answer) {
        if (!isFinished.compareAndSet(false, true)) {
            return;
        }
        handler.finished();
        if (!outgoing.isSuspended()) {
            return;
        }
        try {
            send(answer);
        } catch (RuntimeException gone) {
            // Whatever goes wrong here concerns this client's connection, which is lost; the others go on.
            LOG.debug("An answer could not be sent", gone);
        }
    }

    private boolean take() throws IOException {
        int available = input.available();
        if (body.size() + available > limit) {
            finish(Answers.TOO_LARGE);
            return false;
        }
        byte[] chunk = new byte[available];
        int count = available == 0 ? 0 : input.read(chunk);
        body.write(chunk, 0, Math.max(0, count));
        return true;
    }

    private Request request() {
        HttpRequestPacket packet = incoming.getRequest();
        Handshake head = handler.heads().handshake(packet);
        return new Request(
                packet.getMethod().getMethodString().toUpperCase(Locale.ROOT),
                head.path(),
                head.query(),
                head.headers(),
                body.toString(StandardCharsets.UTF_8),
                head.remoteAddress().orElse(""));
    }

    private Response answer(Request request) {
        try {
            return handler.root().answer(request);
        } catch (RuntimeException bug) {
            // A bug in a page costs this request; the page's thread and the other requests go on.
            LOG.error("The page at {} {} has failed", request.method(), request.path(), bug);
            return Answers.FAILED;
        }
    }

    private void send(Response answer) {
        outgoing.setStatus(answer.status());
        answer.headers().forEach(outgoing::setHeader);
        answer.cookies().forEach(cookie -> outgoing.addHeader("Set-Cookie", cookie));
        if (mayHaveContent(answer.status())) {
            outgoing.setContentLength(answer.body().length);
        }
        boolean hasBody = !"HEAD".equals(incoming.getMethod().getMethodString());
        Body sending = new Body(hasBody ? answer.body() : new byte[0], outgoing);
        // Asked first, the write does not block on a client that does not read, whatever the size.
        outgoing.getNIOOutputStream().notifyCanWrite(sending);
    }

    /** Without content there is no length either (RFC 9110 section 8.6). */
    private static boolean mayHaveContent(int status) {
        return status != 204 && status != 304;
    }

    /** The body of the answer, written as soon as answers before it are out. */
    private static final class Body implements WriteHandler {
        private final byte[] bytes;
        private final org.glassfish.grizzly.http.server.Response outgoing;

        Body(byte[] bytes, org.glassfish.grizzly.http.server.Response outgoing) {
            this.bytes = bytes;
            this.outgoing = outgoing;
        }

        @Override
        public void onWritePossible() throws IOException {
            outgoing.getNIOOutputStream().write(bytes);
            outgoing.resume();
        }

        @Override
        public void onError(Throwable cause) {
            LOG.debug("An answer could not be written", cause);
        }
    }
}
