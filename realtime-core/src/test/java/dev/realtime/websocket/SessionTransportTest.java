package dev.realtime.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

class SessionTransportTest {
    private final Session session = mock(Session.class);
    private final RemoteEndpoint.Async remote = mock(RemoteEndpoint.Async.class);
    private final List<String> sent = new ArrayList<>();
    private final Deque<SendHandler> underWay = new ArrayDeque<>();
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final Outcome outcome = new Outcome();
    private final Deque<Runnable> afterGrace = new ArrayDeque<>();
    private final SessionTransport transport = new SessionTransport(session, closing::add, afterGrace::add);

    @BeforeEach
    void aSessionThatSendsWhenTold() {
        when(session.getAsyncRemote()).thenReturn(remote);
        doAnswer(call -> {
                    sent.add(call.getArgument(0, String.class));
                    underWay.add(call.getArgument(1, SendHandler.class));
                    return null;
                })
                .when(remote)
                .sendText(anyString(), any(SendHandler.class));
        doAnswer(call -> {
                    ByteBuffer content = call.getArgument(0, ByteBuffer.class);
                    sent.add("binary " + StandardCharsets.UTF_8.decode(content));
                    underWay.add(call.getArgument(1, SendHandler.class));
                    return null;
                })
                .when(remote)
                .sendBinary(any(ByteBuffer.class), any(SendHandler.class));
    }

    @Test
    void theNextMessageWaitsForTheOneBefore() {
        transport.write(List.of(Frame.text("a"), Frame.binary(new byte[] {'b'}), Frame.text("c")), outcome);
        assertThat(sent).containsExactly("a");
        underWay.remove().onResult(new SendResult());
        assertThat(sent).containsExactly("a", "binary b");
        underWay.remove().onResult(new SendResult());
        assertThat(sent).containsExactly("a", "binary b", "c");
        assertThat(outcome.said).isEmpty();
        underWay.remove().onResult(new SendResult());
        assertThat(outcome.said).containsExactly("written");
    }

    @Test
    void aSessionThatFailsInTheMiddleFailsTheWriteOnce() {
        transport.write(List.of(Frame.text("a"), Frame.text("b"), Frame.text("c")), outcome);
        underWay.remove().onResult(new SendResult());
        underWay.remove().onResult(new SendResult(new IOException("reset")));
        assertThat(sent).containsExactly("a", "b");
        assertThat(outcome.said).containsExactly("failed reset");
    }

    @Test
    void aSessionThatThrowsFailsTheWrite() {
        doThrow(new IllegalStateException("closed")).when(remote).sendText(anyString(), any(SendHandler.class));
        transport.write(List.of(Frame.text("a"), Frame.text("b")), outcome);
        assertThat(outcome.said).containsExactly("failed closed");
    }

    @Test
    void aContainerThatCompletesAtOnceDoesNotDeepenTheStack() {
        Session hasty = mock(Session.class, withSettings().stubOnly());
        RemoteEndpoint.Async atOnce =
                mock(RemoteEndpoint.Async.class, withSettings().stubOnly());
        when(hasty.getAsyncRemote()).thenReturn(atOnce);
        doAnswer(call -> {
                    call.getArgument(1, SendHandler.class).onResult(new SendResult());
                    return null;
                })
                .when(atOnce)
                .sendText(anyString(), any(SendHandler.class));
        new SessionTransport(hasty, closing::add, afterGrace::add)
                .write(Collections.nCopies(100_000, Frame.text("x")), outcome);
        assertThat(outcome.said).containsExactly("written");
    }

    @Test
    void aPingLeavesTheCallersThread() throws IOException {
        RemoteEndpoint.Basic basic = mock(RemoteEndpoint.Basic.class);
        when(session.getBasicRemote()).thenReturn(basic);
        transport.ping();
        verify(basic, never()).sendPing(any());
        closing.remove().run();
        verify(basic).sendPing(any());
    }

    @Test
    void aPingWaitsForTheWriteUnderWay() throws IOException {
        RemoteEndpoint.Basic basic = mock(RemoteEndpoint.Basic.class);
        when(session.getBasicRemote()).thenReturn(basic);
        transport.write(List.of(Frame.text("a"), Frame.text("b")), outcome);
        transport.ping();
        underWay.remove().onResult(new SendResult());
        assertThat(closing).isEmpty();
        underWay.remove().onResult(new SendResult());
        assertThat(closing).hasSize(1);
        closing.remove().run();
        verify(basic).sendPing(any());
        assertThat(outcome.said).containsExactly("written");
    }

    @Test
    void aPingThatFailsHarmsNobody() throws IOException {
        RemoteEndpoint.Basic basic = mock(RemoteEndpoint.Basic.class);
        when(session.getBasicRemote()).thenReturn(basic);
        doThrow(new IOException("gone")).when(basic).sendPing(any());
        transport.ping();
        closing.remove().run();
        assertThat(closing).isEmpty();
    }

    @Test
    void whoIsClosedHasAWhileAndWhoIsCutHasNone() {
        transport.close(CloseReason.SLOW_CONSUMER);
        verify(session).setMaxIdleTimeout(5_000);
        transport.terminate();
        verify(session).setMaxIdleTimeout(1);
    }

    @Test
    void aCloseAfterACutGivesNoTimeAgain() {
        transport.terminate();
        transport.close(CloseReason.LOST);
        InOrder order = inOrder(session);
        order.verify(session).setMaxIdleTimeout(5_000);
        order.verify(session).setMaxIdleTimeout(1);
        order.verify(session, never()).setMaxIdleTimeout(5_000);
    }

    @Test
    void aClosedSessionIsCutAfterItsGraceAlsoWhenItsEndWasTold() throws IOException {
        transport.close(CloseReason.DRAINING);
        closing.remove().run();
        verify(session).close(any());
        verify(session, never()).setMaxIdleTimeout(1);
        afterGrace.remove().run();
        verify(session).setMaxIdleTimeout(1);
    }

    @Test
    void aContainerThatMerelyClosesWhoIsIdleIsToldAgainBehindTheClose() throws IOException {
        transport.terminate();
        closing.remove().run();
        InOrder order = inOrder(session);
        order.verify(session).setMaxIdleTimeout(1);
        order.verify(session).close(any());
        order.verify(session).setMaxIdleTimeout(1);
    }

    @Test
    void cuttingASessionThatHasGoneHarmsNobody() {
        doThrow(new IllegalStateException("gone")).when(session).setMaxIdleTimeout(1);
        transport.terminate();
        assertThat(closing).hasSize(1);
    }

    @Test
    void closingLeavesTheCallersThreadAndHappensOnce() throws IOException {
        transport.close(CloseReason.SLOW_CONSUMER);
        transport.close(CloseReason.DRAINING);
        verify(session, never()).close(any());
        assertThat(closing).hasSize(1);
        closing.remove().run();
        ArgumentCaptor<jakarta.websocket.CloseReason> reason =
                ArgumentCaptor.forClass(jakarta.websocket.CloseReason.class);
        verify(session).close(reason.capture());
        assertThat(reason.getValue().getCloseCode().getCode()).isEqualTo(4409);
        assertThat(reason.getValue().getReasonPhrase()).isEqualTo("slow consumer");
    }

    @Test
    void aSessionThatCannotBeClosedHarmsNobody() throws IOException {
        doThrow(new IOException("gone")).when(session).close(any());
        transport.terminate();
        closing.remove().run();
        verify(session).close(any());
    }

    private static final class Outcome implements Transport.Completion {
        private final List<String> said = new ArrayList<>();

        @Override
        public void written() {
            said.add("written");
        }

        @Override
        public void failed(Throwable cause) {
            said.add("failed " + cause.getMessage());
        }
    }
}
