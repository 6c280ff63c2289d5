package dev.realtime.runner.server;

import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.HttpAnswer;
import java.util.List;
import java.util.Optional;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in the HTTP chain behind the {@link Gate} and hands requests at the path of a mount to its acceptor. The
 * connection stays readable while an answer is awaited, so that a client which goes away is noticed at once; one that
 * sends the next request before it has its answer is cut. All other requests pass.
 *
 * <p>Grizzly calls it on its selector threads; nothing here blocks.
 */
final class PlainRequests extends BaseFilter {
    private static final Logger LOG = LoggerFactory.getLogger(PlainRequests.class);

    private final List<Mount> mounts;
    private final Heads heads;
    private final Timers timers;
    private final Guests guests;

    PlainRequests(List<Mount> mounts, Heads heads, Timers timers, Guests guests) {
        this.mounts = mounts;
        this.heads = heads;
        this.timers = timers;
        this.guests = guests;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        HttpContent content = context.getMessage();
        HttpRequestPacket head = (HttpRequestPacket) content.getHttpHeader();
        Optional<PlainExchange> open = PlainExchange.openOn(context.getConnection());
        if (open.isEmpty()) {
            return isServed(context, head, content) ? context.getStopAction() : context.getInvokeAction();
        }
        if (open.get().isOf(head)) {
            open.get().arrived(content);
        } else {
            context.getConnection().terminateSilently();
        }
        return context.getStopAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        PlainExchange.openOn(context.getConnection()).ifPresent(PlainExchange::gone);
        return context.getInvokeAction();
    }

    private boolean isServed(FilterChainContext context, HttpRequestPacket head, HttpContent content) {
        Optional<Mount> mount = Mount.at(head.getRequestURI(), mounts);
        return mount.isPresent()
                && isServed(
                        mount.get().acceptor(),
                        new PlainExchange(context.copy(), head, heads.handshake(head), timers, guests),
                        content);
    }

    private static boolean isServed(Acceptor acceptor, PlainExchange exchange, HttpContent content) {
        exchange.open();
        exchange.arrived(content);
        try {
            boolean isServed = acceptor.tryServe(exchange);
            if (!isServed) {
                exchange.pass();
            }
            return isServed;
        } catch (RuntimeException bug) {
            // A bug in a protocol costs this request; the thread and its other connections go on.
            LOG.error(
                    "An acceptor threw on a request at {}", exchange.handshake().path(), bug);
            exchange.answer(HttpAnswer.empty(500));
            return true;
        }
    }
}
