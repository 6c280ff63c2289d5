package dev.realtime.protocol.socketio;

import dev.realtime.protocol.ProtocolException;
import dev.realtime.time.Timers;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.OriginPolicy;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections whose packet waits too long for its attachments. It stands beneath the decoder, which knows no
 * time, and counts the binary frames that a header announces; everything goes up as it is.
 *
 * <p>Safe for many threads, as an acceptor has to be.
 */
final class AttachmentDeadline implements Acceptor {
    private final SocketIoSettings settings;
    private final Timers timers;
    private final Acceptor upper;

    AttachmentDeadline(SocketIoSettings settings, Timers timers, Acceptor upper) {
        this.settings = settings;
        this.timers = timers;
        this.upper = upper;
    }

    @Override
    public Optional<Refusal> refuse(Handshake handshake) {
        return upper.refuse(handshake);
    }

    @Override
    public Connection open(Handshake handshake, Transport transport) {
        return new Watched(upper.open(handshake, transport), transport);
    }

    @Override
    public boolean tryServe(HttpExchange exchange) {
        return upper.tryServe(exchange);
    }

    @Override
    public OriginPolicy origins() {
        return upper.origins();
    }

    /** How many attachments follow. What is no header at all is for the decoder to refuse. */
    private int announcedBy(String message) {
        try {
            return PacketHeader.attachments(message, settings.maxAttachments());
        } catch (ProtocolException bad) {
            return 0;
        }
    }

    private final class Watched implements Connection {
        private final Connection connection;
        private final Transport transport;
        private volatile @Nullable Wait wait;

        Watched(Connection connection, Transport transport) {
            this.connection = connection;
            this.transport = transport;
        }

        @Override
        public void received(Frame frame) {
            count(frame);
            connection.received(frame);
        }

        @Override
        public void pong() {
            connection.pong();
        }

        @Override
        public void overflowed() {
            connection.overflowed();
        }

        @Override
        public void closed(CloseReason reason) {
            end(wait);
            connection.closed(reason);
        }

        private void count(Frame frame) {
            Wait waiting = wait;
            if (waiting != null && !frame.isText() && --waiting.missing == 0) {
                end(waiting);
            } else if (waiting == null && frame.isText()) {
                begin(announcedBy(frame.text()));
            }
        }

        private void begin(int announced) {
            if (announced > 0) {
                Wait begun = new Wait(announced);
                wait = begun;
                begun.alarm = timers.after(settings.attachmentTimeout(), () -> expire(begun));
            }
        }

        private void end(@Nullable Wait ended) {
            wait = null;
            if (ended != null && ended.alarm != null) {
                ended.alarm.cancel();
            }
        }

        /** An alarm that comes too late to be cancelled says nothing of the packet that waits by now. */
        private void expire(Wait expired) {
            if (wait == expired) {
                transport.close(CloseReason.BAD_FRAME);
            }
        }
    }

    /** For the thread of its connection alone. */
    private static final class Wait {
        private int missing;
        private Timers.@Nullable Alarm alarm;

        Wait(int announced) {
            this.missing = announced;
        }
    }
}
