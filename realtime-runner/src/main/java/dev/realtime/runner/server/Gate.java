package dev.realtime.runner.server;

import dev.realtime.time.Timers;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.memory.Buffers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in the HTTP chain where requests become WebSocket connections. It asks the acceptor while HTTP can still say
 * no, and moves an upgraded connection over to a chain of its own. Everything that is no upgrade passes.
 *
 * <p>Grizzly calls it on its selector threads; nothing here blocks.
 */
final class Gate extends BaseFilter {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final Refusal BAD_REQUEST =
            new Refusal(400, "{\"code\":3,\"message\":\"Bad request\"}", CloseReason.BAD_FRAME);
    private static final Refusal NOT_FOUND =
            new Refusal(404, "{\"code\":\"not_found\",\"message\":\"Not found\"}", CloseReason.BAD_FRAME);

    private final List<Mount> mounts;
    private final Negotiation negotiation;
    private final Heads heads;
    private final Arrivals arrivals;
    private final UpgradedChain upgraded;
    private final int maxMessageBytes;
    private final Timers timers;
    private final Guests guests;

    Gate(
            List<Mount> mounts,
            Heads heads,
            Arrivals arrivals,
            UpgradedChain upgraded,
            int maxMessageBytes,
            Timers timers,
            Guests guests) {
        this.mounts = mounts;
        this.negotiation = Negotiation.at(mounts);
        this.heads = heads;
        this.arrivals = arrivals;
        this.upgraded = upgraded;
        this.maxMessageBytes = maxMessageBytes;
        this.timers = timers;
        this.guests = guests;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        HttpContent content = context.getMessage();
        HttpHeader head = content.getHttpHeader();
        if (!(head instanceof HttpRequestPacket request) || !asksForWebSocket(head)) {
            arrivals.arrived(context.getConnection(), content.isLast());
            return context.getInvokeAction();
        }
        arrivals.arrived(context.getConnection(), true);
        Optional<Mount> mount = Mount.at(request.getRequestURI(), mounts);
        if (mount.isEmpty()) {
            return refuse(context, request, NOT_FOUND);
        }
        Handshake handshake = heads.handshake(request);
        Optional<Refusal> refusal = UpgradeCheck.isWellFormed(request, handshake)
                ? mount.get().acceptor().refuse(handshake)
                : Optional.of(BAD_REQUEST);
        if (refusal.isPresent()) {
            return refuse(context, request, refusal.get());
        }
        Optional<byte[]> answer = negotiation.answer(handshake, mount.get());
        if (answer.isEmpty()) {
            return refuse(context, request, BAD_REQUEST);
        }
        open(context.getConnection(), mount.get(), handshake, answer.get());
        return context.getStopAction();
    }

    /** Other offers, such as HTTP/2, are forgotten before Grizzly stops looking for the end of the request. */
    @Override
    public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
        if (event instanceof HttpEvents.IncomingHttpUpgradeEvent upgrade
                && !asksForWebSocket(upgrade.getHttpHeader())) {
            upgrade.getHttpHeader().getUpgradeDC().recycle();
            upgrade.getHttpHeader().setIgnoreContentModifiers(false);
        }
        return context.getInvokeAction();
    }

    private static boolean asksForWebSocket(HttpHeader head) {
        return "websocket".equalsIgnoreCase(head.getUpgrade());
    }

    private void open(Connection<?> connection, Mount mount, Handshake handshake, byte[] answer) {
        Line line = new Line(connection, maxMessageBytes, timers, guests);
        upgraded.adopt(connection, line);
        line.transport().upgraded(answer);
        try {
            line.opened(mount.acceptor().open(handshake, line.transport()));
            line.transport().opened();
        } catch (RuntimeException bug) {
            // A connection that cannot be opened is cut; the thread and its other connections go on.
            LOG.error("A connection at {} could not be opened", mount.path(), bug);
            connection.terminateSilently();
        }
        if (!connection.isOpen()) {
            line.lost();
        }
    }

    private static NextAction refuse(FilterChainContext context, HttpRequestPacket request, Refusal refusal) {
        byte[] body = refusal.body().getBytes(StandardCharsets.UTF_8);
        // Back to an ordinary exchange, or Grizzly leaves out the headers of a body.
        request.setIgnoreContentModifiers(false);
        HttpResponsePacket response = response(request, refusal.status());
        response.setHeader("Connection", "close");
        response.setContentType("application/json");
        response.setContentLength(body.length);
        refusal.retryAfter().ifPresent(wait -> response.setHeader("Retry-After", Long.toString(seconds(wait))));
        Connection<?> connection = context.getConnection();
        context.write(
                HttpContent.builder(response)
                        .content(Buffers.wrap(null, body))
                        .last(true)
                        .build(),
                new Closing(connection));
        // Deaf from here on: the rest of a refused request is nobody's.
        NextAction deaf = context.getSuspendAction();
        context.completeAndRecycle();
        return deaf;
    }

    private static HttpResponsePacket response(HttpRequestPacket request, int status) {
        HttpResponsePacket response = request.getResponse();
        response.setProtocol(Protocol.HTTP_1_1);
        response.setStatus(status);
        return response;
    }

    /** Retry-After has whole seconds (RFC 9110 section 10.2.3); a wait is never shortened. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /** Grizzly declares the handler of a filter's write without the types of its result. */
    @SuppressWarnings("rawtypes")
    private static final class Closing extends EmptyCompletionHandler<WriteResult> {
        private final Connection<?> connection;

        Closing(Connection<?> connection) {
            this.connection = connection;
        }

        @Override
        public void completed(WriteResult result) {
            connection.closeSilently();
        }
    }
}
