package dev.realtime.runner.server;

import dev.realtime.time.Timers;
import dev.realtime.transport.HttpAnswer;
import java.util.List;
import java.util.Optional;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
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
    private static final Attribute<PlainExchange> EXCHANGE =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("dev.realtime.runner.exchange");

    private final List<Mount> mounts;
    private final Timers timers;

    PlainRequests(List<Mount> mounts, Timers timers) {
        this.mounts = mounts;
        this.timers = timers;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        HttpContent content = context.getMessage();
        HttpRequestPacket head = (HttpRequestPacket) content.getHttpHeader();
        Connection<?> connection = context.getConnection();
        PlainExchange open = EXCHANGE.get(connection);
        if (open != null && open.isOf(head)) {
            open.arrived(content);
            return context.getStopAction();
        }
        if (open != null && !open.isAnswered()) {
            connection.terminateSilently();
            return context.getStopAction();
        }
        Optional<Mount> mount =
                mounts.stream().filter(each -> each.takes(head.getRequestURI())).findFirst();
        if (mount.isEmpty()) {
            return context.getInvokeAction();
        }
        serve(mount.get(), new PlainExchange(context.copy(), head, timers), content);
        return context.getStopAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        PlainExchange open = EXCHANGE.remove(context.getConnection());
        if (open != null) {
            open.gone();
        }
        return context.getInvokeAction();
    }

    private static void serve(Mount mount, PlainExchange exchange, HttpContent content) {
        EXCHANGE.set(exchange.connection(), exchange);
        exchange.arrived(content);
        try {
            mount.acceptor().serve(exchange);
        } catch (RuntimeException bug) {
            // A bug in a protocol costs this request; the thread and its other connections go on.
            LOG.error("An acceptor threw on a request at {}", mount.path(), bug);
            exchange.answer(HttpAnswer.empty(500));
        }
    }
}
