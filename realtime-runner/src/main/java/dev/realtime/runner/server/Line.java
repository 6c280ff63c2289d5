package dev.realtime.runner.server;

import dev.realtime.time.Timers;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.GuardedConnection;
import java.nio.ByteBuffer;

/**
 * One upgraded connection: what its bytes mean goes to the protocol, and so does its end, once.
 *
 * <p>{@link #read} for one thread at a time; the rest for any.
 */
final class Line implements FrameReader.Meaning {
    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int NO_CODE = 1005;

    private final Guests guests;
    private final GrizzlyTransport transport;
    private final FrameReader reader;
    private final GuardedConnection connection = GuardedConnection.opening();

    Line(org.glassfish.grizzly.Connection<?> connection, int maxMessageBytes, Timers timers, Guests guests) {
        this.guests = guests;
        this.transport = new GrizzlyTransport(connection, timers);
        this.reader = new FrameReader(maxMessageBytes, this);
        guests.came();
    }

    GrizzlyTransport transport() {
        return transport;
    }

    /** The protocol's connection, once. */
    void opened(Connection ready) {
        connection.opened(ready);
    }

    void read(ByteBuffer bytes) {
        reader.read(bytes);
    }

    /** The TCP connection is no more. */
    void lost() {
        if (transport.gone()) {
            guests.left();
        }
        connection.closed(CloseReason.LOST);
    }

    @Override
    public void text(String text, int bytes) {
        connection.received(Frame.text(text, bytes));
    }

    @Override
    public void binary(byte[] content) {
        connection.received(Frame.binary(content));
    }

    @Override
    public void ping(byte[] content) {
        transport.pong(content);
    }

    @Override
    public void pong() {
        connection.pong();
    }

    @Override
    public void closed(int code, String text) {
        transport.sayGoodbye(code == NO_CODE ? NORMAL : code, text);
        connection.closed(isOrderly(code) ? CloseReason.NORMAL : CloseReason.LOST);
        transport.hangUp();
    }

    @Override
    public void tooLarge() {
        connection.overflowed();
        cutOff(CloseReason.TOO_LARGE, CloseReason.TOO_LARGE.code());
    }

    @Override
    public void broken(int code, String why) {
        cutOff(CloseReason.BAD_FRAME, code);
    }

    /** The protocol hears the end at once; the peer has the usual grace to read why. */
    private void cutOff(CloseReason reason, int code) {
        transport.sayGoodbye(code, reason.text());
        connection.closed(reason);
    }

    /** An empty close frame, which browsers send by default, is read as 1005 (RFC 6455 section 7.1.5). */
    private static boolean isOrderly(int code) {
        return code == NORMAL || code == GOING_AWAY || code == NO_CODE;
    }
}
