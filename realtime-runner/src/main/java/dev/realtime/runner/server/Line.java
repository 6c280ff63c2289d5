package dev.realtime.runner.server;

import dev.realtime.time.Timers;
import dev.realtime.transport.Frame;
import dev.realtime.transport.GuardedConnection;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;

/**
 * One upgraded connection: what its bytes mean goes to the protocol, its end goes to Tyrus, which tells the endpoint.
 * Tyrus keeps the session; frames pass it by in both directions, because it bounds neither what it reads nor what it
 * sends.
 *
 * <p>{@link #read} for one thread at a time; the rest for any.
 */
final class Line implements FrameReader.Meaning {
    private final GrizzlyTransport transport;
    private final FrameReader reader;
    private volatile @Nullable GuardedConnection connection;
    private volatile org.glassfish.tyrus.spi.@Nullable Connection session;

    Line(Connection<?> connection, int maxMessageBytes, Timers timers) {
        this.transport = new GrizzlyTransport(connection, timers);
        this.reader = new FrameReader(maxMessageBytes, this);
    }

    GrizzlyTransport transport() {
        return transport;
    }

    /** The way for what Tyrus itself writes: nothing but its close frame. */
    Writer writer() {
        return new ClosingWriter();
    }

    /** The protocol's connection, as soon as it is open. */
    void opened(GuardedConnection ready) {
        connection = ready;
    }

    /** Tyrus' connection, as soon as its session is open. */
    void attached(org.glassfish.tyrus.spi.Connection ready) {
        session = ready;
    }

    void read(ByteBuffer bytes) {
        reader.read(bytes);
    }

    /** The TCP connection is no more. */
    void lost() {
        transport.gone();
        end(CloseCodes.CLOSED_ABNORMALLY.getCode(), "connection lost");
    }

    @Override
    public void text(String text) {
        hear(Frame.text(text));
    }

    @Override
    public void binary(byte[] content) {
        hear(Frame.binary(content));
    }

    @Override
    public void ping(byte[] content) {
        transport.pong(content);
    }

    @Override
    public void pong() {
        GuardedConnection hearing = connection;
        if (hearing != null) {
            hearing.pong();
        }
    }

    @Override
    public void closed(int code, String text) {
        transport.sayGoodbye(
                code == CloseCodes.NO_STATUS_CODE.getCode() ? CloseCodes.NORMAL_CLOSURE.getCode() : code, text);
        end(code, text);
        transport.hangUp();
    }

    @Override
    public void tooLarge() {
        GuardedConnection hearing = connection;
        if (hearing != null) {
            hearing.overflowed();
        }
        cutOff(dev.realtime.transport.CloseReason.TOO_LARGE, dev.realtime.transport.CloseReason.TOO_LARGE.code());
    }

    @Override
    public void broken(int code, String why) {
        cutOff(dev.realtime.transport.CloseReason.BAD_FRAME, code);
    }

    /** The protocol hears the end at once; the peer has the usual grace to read why. */
    private void cutOff(dev.realtime.transport.CloseReason reason, int code) {
        transport.sayGoodbye(code, reason.text());
        GuardedConnection ending = connection;
        if (ending != null) {
            ending.closed(reason);
        }
        end(code, reason.text());
    }

    private void hear(Frame frame) {
        GuardedConnection hearing = connection;
        if (hearing != null) {
            hearing.received(frame);
        }
    }

    private void end(int code, String text) {
        org.glassfish.tyrus.spi.Connection ending = session;
        if (ending != null) {
            ending.close(new CloseReason(CloseCodes.getCloseCode(code), text));
        }
    }

    private final class ClosingWriter extends Writer {
        @Override
        public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> handler) {
            int code = frame.remaining() < 4
                    ? CloseCodes.NORMAL_CLOSURE.getCode()
                    : frame.getShort(frame.position() + 2) & 0xffff;
            transport.sayGoodbye(code, "");
            handler.completed(frame);
        }

        /** Left to the grace after the close frame: the peer may still be reading. */
        @Override
        public void close() {}
    }
}
