package dev.realtime.websocket;

import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.GuardedConnection;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection of a jakarta.websocket container, given to an {@link Acceptor}.
 *
 * <pre>{@code
 * RealtimeEndpoint.mount(container, "/socket.io/", acceptor, EndpointSettings.defaults());
 * }</pre>
 *
 * <p>Hosts call {@link #mount}; everything else is for the container, which calls one method at a time per session.
 * A refused handshake is answered with 101 and the close code of the refusal, because JSR-356 cannot refuse on every
 * container. The peer's address is not known here.
 */
@SuppressWarnings("exports") // who calls this has the container API on his path
public final class RealtimeEndpoint extends Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeEndpoint.class);

    private final Acceptor acceptor;
    private final EndpointSettings settings;
    private final GuardedConnection connection = GuardedConnection.opening();
    private volatile @Nullable Transport transport;

    RealtimeEndpoint(Acceptor acceptor, EndpointSettings settings) {
        this.acceptor = acceptor;
        this.settings = settings;
    }

    /**
     * Mounts the acceptor on {@code path}; a path with a final slash is mounted without it, too.
     *
     * @throws DeploymentException when the container refuses the path
     */
    public static void mount(ServerContainer container, String path, Acceptor acceptor, EndpointSettings settings)
            throws DeploymentException {
        container.addEndpoint(config(path, acceptor, settings));
        if (path.length() > 1 && path.endsWith("/")) {
            container.addEndpoint(config(path.substring(0, path.length() - 1), acceptor, settings));
        }
    }

    /**
     * Waits until every session has ended or its close is with its container, or the time is over; whether all is
     * done. A host calls it after it has closed its nodes and before it stops its container, which may cut what is
     * being said and closed.
     */
    public static boolean settle(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        boolean hasEnded = OpenSessions.SHARED.settle(atMost);
        return ClosingThreads.SHARED.settle(Duration.ofNanos(end - System.nanoTime())) && hasEnded;
    }

    private static ServerEndpointConfig config(String path, Acceptor acceptor, EndpointSettings settings) {
        return ServerEndpointConfig.Builder.create(RealtimeEndpoint.class, path)
                .configurator(new HandshakeCapture(acceptor, settings))
                .subprotocols(settings.subprotocols())
                .extensions(List.of())
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        OpenSessions.SHARED.add(session);
        try {
            limit(session);
            Transport opened = settings.transports().of(session);
            transport = opened;
            HandshakeCapture.take(session)
                    .ifPresentOrElse(
                            handshake -> admit(session, handshake, opened),
                            () -> close(opened, "a session without its handshake", CloseReason.LOST));
        } catch (RuntimeException bug) {
            // A connection that cannot be opened is cut; the container and its other sessions go on.
            LOG.error("A connection could not be opened", bug);
            closeQuietly(session);
        }
    }

    @Override
    public void onClose(Session session, jakarta.websocket.CloseReason reason) {
        OpenSessions.SHARED.remove(session);
        connection.closed(isOrderly(reason.getCloseCode()) ? CloseReason.NORMAL : CloseReason.LOST);
    }

    @Override
    public void onError(Session session, Throwable cause) {
        LOG.debug("A session has failed", cause);
        connection.closed(CloseReason.LOST);
        Transport failing = transport;
        if (failing != null) {
            // Not cut: where the container closes by itself, its close code is about to go.
            failing.close(CloseReason.LOST);
        }
    }

    /** Below zero means never on every container; zero makes one of them start a timer per message. */
    private void limit(Session session) {
        session.setMaxTextMessageBufferSize(settings.maxMessageBytes());
        session.setMaxBinaryMessageBufferSize(settings.maxMessageBytes());
        session.setMaxIdleTimeout(-1);
    }

    private void admit(Session session, Handshake handshake, Transport opened) {
        Optional<Refusal> refusal = acceptor.refuse(handshake);
        if (refusal.isPresent()) {
            refuse(opened, refusal.get());
            return;
        }
        connection.opened(acceptor.open(handshake, opened));
        session.addMessageHandler(String.class, new Texts(opened));
        session.addMessageHandler(byte[].class, new Binaries(opened));
        session.addMessageHandler(PongMessage.class, pong -> connection.pong());
    }

    private static void refuse(Transport opened, Refusal refusal) {
        List<Frame> lastWord = refusal.lastWord().stream().toList();
        if (lastWord.isEmpty()) {
            close(opened, "a refused handshake", refusal.reason());
            return;
        }
        opened.write(lastWord, new Transport.Completion() {
            @Override
            public void written() {
                close(opened, "a refused handshake", refusal.reason());
            }

            @Override
            public void failed(Throwable cause) {
                opened.terminate();
            }
        });
    }

    private static void close(Transport opened, String what, CloseReason reason) {
        LOG.debug("Closing {} as {}", what, reason);
        opened.close(reason);
    }

    private void tooLarge(Transport opened) {
        connection.overflowed();
        // In this order: closing makes the container tell an end of its own.
        connection.closed(CloseReason.TOO_LARGE);
        opened.close(CloseReason.TOO_LARGE);
    }

    /** An empty close frame, which browsers send by default, reaches us as 1005 (RFC 6455 section 7.1.5). */
    private static boolean isOrderly(CloseCode code) {
        return code.getCode() == CloseCodes.NORMAL_CLOSURE.getCode()
                || code.getCode() == CloseCodes.GOING_AWAY.getCode()
                || code.getCode() == CloseCodes.NO_STATUS_CODE.getCode();
    }

    private void closeQuietly(Session session) {
        new SessionTransport(session).terminate();
    }

    private final class Texts implements MessageHandler.Whole<String> {
        private final Transport opened;

        Texts(Transport opened) {
            this.opened = opened;
        }

        @Override
        public void onMessage(String text) {
            if (exceeds(text, settings.maxMessageBytes())) {
                tooLarge(opened);
            } else {
                connection.received(Frame.text(text));
            }
        }

        /** A character is one to three bytes of UTF-8, so most texts need no count. */
        private static boolean exceeds(String text, int limit) {
            return text.length() > limit
                    || (text.length() > limit / 3 && text.getBytes(StandardCharsets.UTF_8).length > limit);
        }
    }

    private final class Binaries implements MessageHandler.Whole<byte[]> {
        private final Transport opened;

        Binaries(Transport opened) {
            this.opened = opened;
        }

        @Override
        public void onMessage(byte[] content) {
            if (content.length > settings.maxMessageBytes()) {
                tooLarge(opened);
            } else {
                connection.received(Frame.binary(content));
            }
        }
    }
}
