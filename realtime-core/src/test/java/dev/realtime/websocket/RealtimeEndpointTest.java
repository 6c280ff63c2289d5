package dev.realtime.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class RealtimeEndpointTest {
    private final Session session = mock(Session.class);
    private final Map<String, Object> properties = new HashMap<>();
    private final Listening acceptor = new Listening();
    private final List<String> sent = new ArrayList<>();
    private final EndpointSettings settings = new EndpointSettings(10, List.of(), opened -> new Sending());
    private final HandshakeCapture capture = new HandshakeCapture(acceptor, settings);
    private final RealtimeEndpoint endpoint = capture.getEndpointInstance(RealtimeEndpoint.class);

    @BeforeEach
    void aHandshakeOfAContainer() {
        ServerEndpointConfig config = mock(ServerEndpointConfig.class);
        HandshakeRequest request = mock(HandshakeRequest.class);
        when(session.getUserProperties()).thenReturn(properties);
        when(config.getUserProperties()).thenReturn(properties);
        when(request.getRequestURI()).thenReturn(URI.create("/socket.io/?a=1"));
        when(request.getQueryString()).thenReturn("a=1&a=2&b=%20");
        when(request.getHeaders()).thenReturn(Map.of("Cookie", List.of("x=y; z=w"), "Origin", List.of("https://a")));
        capture.modifyHandshake(config, request, mock(HandshakeResponse.class));
    }

    @Test
    void theHandshakeReachesTheAcceptorAndIsForgotten() {
        open();
        Handshake handshake = acceptor.opened.get(0);
        assertThat(handshake.path()).isEqualTo("/socket.io/");
        assertThat(handshake.query()).containsEntry("a", "2").containsEntry("b", " ");
        assertThat(handshake.cookie("z")).contains("w");
        assertThat(handshake.header("origin")).contains("https://a");
        assertThat(handshake.remoteAddress()).isEmpty();
        assertThat(properties).isEmpty();
    }

    @Test
    void aRefusedHandshakeIsClosedWithItsCodeAndNeverOpened() {
        acceptor.refusal = Optional.of(new Refusal(403, "{}", CloseReason.FORBIDDEN_ORIGIN));
        open();
        assertThat(sent).containsExactly("close FORBIDDEN_ORIGIN");
        assertThat(acceptor.opened).isEmpty();
    }

    @Test
    void aRefusedHandshakeHearsTheLastWordOfTheProtocolFirst() {
        acceptor.refusal = Optional.of(
                new Refusal(403, "{}", CloseReason.FORBIDDEN_ORIGIN, Optional.empty(), Optional.of(Frame.text("no"))));
        open();
        assertThat(sent).containsExactly("no", "close FORBIDDEN_ORIGIN");
        assertThat(acceptor.opened).isEmpty();
    }

    @Test
    void pongsAreHeard() {
        open();
        pongs().onMessage(mock(PongMessage.class));
        assertThat(acceptor.heard).containsExactly("pong");
    }

    @Test
    void aSessionWithoutItsHandshakeIsClosedAndNeverOpened() {
        properties.clear();
        open();
        assertThat(sent).containsExactly("close LOST");
        assertThat(acceptor.opened).isEmpty();
    }

    @Test
    void messagesUpToTheLimitAreHeard() {
        open();
        texts().onMessage("0123456789");
        binaries().onMessage(new byte[10]);
        assertThat(acceptor.heard).containsExactly("0123456789", "binary 10");
    }

    @Test
    void theLimitCountsBytesOfUtf8() {
        open();
        texts().onMessage("äöüäöü");
        assertThat(acceptor.heard).containsExactly("overflowed", "closed TOO_LARGE");
        assertThat(sent).containsExactly("close TOO_LARGE");
    }

    @Test
    void anOrderlyCloseOfThePeerIsNormal() {
        open();
        endpoint.onClose(session, new jakarta.websocket.CloseReason(CloseCodes.GOING_AWAY, ""));
        endpoint.onClose(session, new jakarta.websocket.CloseReason(CloseCodes.CLOSED_ABNORMALLY, ""));
        assertThat(acceptor.heard).containsExactly("closed NORMAL");
    }

    @Test
    void anErrorIsALostConnection() {
        open();
        endpoint.onError(session, new IllegalStateException("reset"));
        endpoint.onClose(session, new jakarta.websocket.CloseReason(CloseCodes.CLOSED_ABNORMALLY, ""));
        assertThat(acceptor.heard).containsExactly("closed LOST");
        assertThat(sent).containsExactly("close LOST");
    }

    @Test
    void sizesAndIdleTimeoutAreSetPerSession() {
        open();
        verify(session).setMaxTextMessageBufferSize(10);
        verify(session).setMaxBinaryMessageBufferSize(10);
        verify(session).setMaxIdleTimeout(-1);
    }

    @Test
    void aPathWithAFinalSlashIsMountedWithoutItToo() throws Exception {
        ServerContainer container = mock(ServerContainer.class);
        RealtimeEndpoint.mount(container, "/socket.io/", acceptor, settings);
        RealtimeEndpoint.mount(container, "/realtime", acceptor, settings);
        ArgumentCaptor<ServerEndpointConfig> mounted = ArgumentCaptor.forClass(ServerEndpointConfig.class);
        verify(container, times(3)).addEndpoint(mounted.capture());
        assertThat(mounted.getAllValues())
                .extracting(ServerEndpointConfig::getPath)
                .containsExactly("/socket.io/", "/socket.io", "/realtime");
    }

    private void open() {
        endpoint.onOpen(session, mock(EndpointConfig.class));
    }

    @SuppressWarnings("unchecked")
    private MessageHandler.Whole<String> texts() {
        ArgumentCaptor<MessageHandler.Whole<String>> handler = ArgumentCaptor.forClass(MessageHandler.Whole.class);
        verify(session).addMessageHandler(eq(String.class), handler.capture());
        return handler.getValue();
    }

    @SuppressWarnings("unchecked")
    private MessageHandler.Whole<byte[]> binaries() {
        ArgumentCaptor<MessageHandler.Whole<byte[]>> handler = ArgumentCaptor.forClass(MessageHandler.Whole.class);
        verify(session).addMessageHandler(eq(byte[].class), handler.capture());
        return handler.getValue();
    }

    @SuppressWarnings("unchecked")
    private MessageHandler.Whole<PongMessage> pongs() {
        ArgumentCaptor<MessageHandler.Whole<PongMessage>> handler = ArgumentCaptor.forClass(MessageHandler.Whole.class);
        verify(session).addMessageHandler(eq(PongMessage.class), handler.capture());
        return handler.getValue();
    }

    private final class Sending implements Transport {
        @Override
        public void write(List<Frame> frames, Completion completion) {
            frames.forEach(frame -> sent.add(frame.text()));
            completion.written();
        }

        @Override
        public void close(CloseReason reason) {
            sent.add("close " + reason);
        }

        @Override
        public void terminate() {
            sent.add("terminate");
        }
    }

    private static final class Listening implements Acceptor, Connection {
        private final List<Handshake> opened = new ArrayList<>();
        private final List<String> heard = new ArrayList<>();
        private Optional<Refusal> refusal = Optional.empty();

        @Override
        public Optional<Refusal> refuse(Handshake handshake) {
            return refusal;
        }

        @Override
        public Connection open(Handshake handshake, Transport transport) {
            opened.add(handshake);
            return this;
        }

        @Override
        public void received(Frame frame) {
            heard.add(frame.isText() ? frame.text() : "binary " + frame.content().length);
        }

        @Override
        public void pong() {
            heard.add("pong");
        }

        @Override
        public void overflowed() {
            heard.add("overflowed");
        }

        @Override
        public void closed(CloseReason reason) {
            heard.add("closed " + reason);
        }
    }
}
