package dev.realtime.runner.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.memory.ByteBufferArray;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;

/**
 * The filters of an upgraded connection: bytes go straight to its {@link Line}, HTTP is out of the way and the
 * upgrade's request, some 9 KB, is let go. Safe for many threads.
 */
final class UpgradedChain {
    private static final Attribute<Line> LINE =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("dev.realtime.runner.line");

    private static final String KEEP_ALIVE = "HttpServerFilter.KeepAliveContext";

    private final IdleTimeoutFilter httpIdle;
    private final FilterChain chain;

    UpgradedChain(IdleTimeoutFilter httpIdle) {
        this.httpIdle = httpIdle;
        this.chain = FilterChainBuilder.stateless()
                .add(new TransportFilter())
                .add(new Reading())
                .build();
    }

    /** Moves the connection over; its next bytes are frames. */
    void adopt(Connection<?> connection, Line line) {
        LINE.set(connection, line);
        IdleTimeoutFilter.setCustomTimeout(connection, -1, TimeUnit.MILLISECONDS);
        connection.setProcessor(chain);
        connection.getAttributes().removeAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);
        connection.getAttributes().removeAttribute(KEEP_ALIVE);
    }

    private final class Reading extends BaseFilter {
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

        /** HTTP's idle clock counts every connection it has accepted until it hears that it is closed. */
        @Override
        public NextAction handleClose(FilterChainContext context) throws IOException {
            LINE.get(context.getConnection()).lost();
            return httpIdle.handleClose(context);
        }
    }
}
