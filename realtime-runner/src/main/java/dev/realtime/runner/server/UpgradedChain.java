package dev.realtime.runner.server;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.memory.ByteBufferArray;

/**
 * The filters of an upgraded connection: bytes go straight to its {@link Line}, HTTP is out of the way and the
 * upgrade's request, some 9 KB, is let go. Safe for many threads.
 */
final class UpgradedChain {
    private static final Attribute<Line> LINE =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("dev.realtime.runner.line");

    private static final String KEEP_ALIVE = "HttpServerFilter.KeepAliveContext";

    private final HttpIdle idle;
    private final FilterChain chain;

    /** {@code encryption} is the filter of the HTTP chain that encrypts, where there is one. */
    UpgradedChain(HttpIdle idle, Optional<Filter> encryption) {
        this.idle = idle;
        FilterChainBuilder filters = FilterChainBuilder.stateless().add(new TransportFilter());
        encryption.ifPresent(filters::add);
        this.chain = filters.add(new Reading()).build();
    }

    /** Moves the connection over; its next bytes are frames. */
    void adopt(Connection<?> connection, Line line) {
        LINE.set(connection, line);
        idle.release(connection);
        connection.setProcessor(chain);
        connection.getAttributes().removeAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);
        connection.getAttributes().removeAttribute(KEEP_ALIVE);
    }

    private static final class Reading extends BaseFilter {
        @Override
        public NextAction handleRead(FilterChainContext context) {
            Buffer bytes = context.getMessage();
            Line line = LINE.get(context.getConnection());
            if (bytes.isComposite()) {
                ByteBufferArray parts = bytes.toByteBufferArray();
                ByteBuffer[] array = parts.getArray();
                for (int i = 0; i < parts.size(); i++) {
                    line.read(array[i]);
                }
                parts.restore();
                parts.recycle();
            } else {
                line.read(bytes.toByteBuffer().duplicate());
            }
            bytes.tryDispose();
            return context.getStopAction();
        }

        @Override
        public NextAction handleClose(FilterChainContext context) {
            LINE.get(context.getConnection()).lost();
            return context.getInvokeAction();
        }
    }
}
