package dev.realtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.Realtime;
import dev.realtime.address.SessionId;
import dev.realtime.json.Payload;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.testkit.ManualTime;
import dev.realtime.testkit.TestAuthenticator;
import dev.realtime.testkit.TestClient;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is still in memory of clients that are gone. */
class RetentionTest {
    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final Duration MISSING_PONG = Duration.ofSeconds(45);
    private static final Duration CUT = Duration.ofSeconds(5);

    private final ManualTime time = new ManualTime();
    private final Realtime realtime =
            Realtime.with(new TestAuthenticator()).clocks(time, time).start();
    private final Acceptor acceptor = realtime.accept(new SocketIoProtocol(SocketIoSettings.defaults()));

    @AfterEach
    void close() {
        realtime.close();
    }

    /** How a client goes without a word. */
    private enum Loss {
        /** The container tells that the connection broke. */
        BROKEN {
            @Override
            void happens(Peer peer, ManualTime time) {
                peer.connection.closed(CloseReason.LOST);
            }
        },
        /** A client that is stopped answers no ping; nobody tells of an end. */
        STOPPED {
            @Override
            void happens(Peer peer, ManualTime time) {
                time.advance(MISSING_PONG);
                time.advance(CUT);
            }
        };

        abstract void happens(Peer peer, ManualTime time);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void aSessionThatWaitsForItsClientKeepsNothingOfItsConnection(Loss loss) throws Exception {
        Gone gone = gone(loss);
        awaitCollected(List.of(gone.transport, gone.connection));
        assertThat(gone.session.get()).isNotNull();
        TestClient back = TestClient.open(acceptor);
        back.connectWith(Payload.object()
                .put("token", "ana/patient")
                .put("pid", gone.privateId)
                .end()
                .toString());
        assertThat(back.next("connected").get("recovered").map(Payload::asBoolean))
                .hasValue(true);
        back.lose();
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void afterTheWindowNothingIsKept(Loss loss) throws Exception {
        List<WeakReference<?>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Gone gone = gone(loss);
            all.addAll(List.of(gone.transport, gone.connection, gone.session));
        }
        // A session is not counted any more a moment before its window begins.
        awaitCollected(all, () -> time.advance(WINDOW));
    }

    @Test
    void aSessionThatGoesOnElsewhereKeepsNothingOfItsOldConnection() throws Exception {
        Peer half = new Peer(acceptor);
        Payload answer = half.connect("ana/patient");
        WeakReference<LiveConnection> old = new WeakReference<>(connectionOf(answer));
        TestClient back = TestClient.open(acceptor);
        back.connectWith(Payload.object()
                .put("token", "ana/patient")
                .put("pid", text(answer, "pid"))
                .end()
                .toString());
        back.next("connected");
        half.connection.closed(CloseReason.NORMAL);
        half = null;
        time.advance(CUT);
        awaitCollected(List.of(old));
        back.lose();
    }

    /** What may be left of a client, and the secret to come back with. */
    private record Gone(
            WeakReference<Transport> transport,
            WeakReference<LiveConnection> connection,
            WeakReference<LiveSession> session,
            String privateId) {}

    /** In a method of its own, so that no local variable of a test holds anything of the client. */
    private Gone gone(Loss loss) throws Exception {
        Peer peer = new Peer(acceptor);
        Payload answer = peer.connect("ana/patient");
        Gone gone = new Gone(
                new WeakReference<>(peer),
                new WeakReference<>(connectionOf(answer)),
                new WeakReference<>(sessionOf(answer)),
                text(answer, "pid"));
        int living = realtime.sessions().count();
        loss.happens(peer, time);
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> realtime.sessions().count() < living);
        return gone;
    }

    private LiveSession sessionOf(Payload answer) {
        return (LiveSession)
                realtime.sessions().find(new SessionId(text(answer, "sid"))).orElseThrow();
    }

    private LiveConnection connectionOf(Payload answer) {
        return sessionOf(answer).connection().orElseThrow();
    }

    private static String text(Payload object, String field) {
        return object.get(field).map(Payload::asText).orElseThrow();
    }

    private static void awaitCollected(List<WeakReference<?>> references) {
        awaitCollected(references, () -> {});
    }

    private static void awaitCollected(List<WeakReference<?>> references, Runnable before) {
        await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).until(() -> {
            before.run();
            System.gc();
            return references.stream().allMatch(reference -> reference.get() == null);
        });
    }

    /** A client that hears all and answers nothing by itself. */
    private static final class Peer implements Transport {
        private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        final Connection connection;

        Peer(Acceptor acceptor) {
            connection = acceptor.open(TestClient.handshake(Map.of()), this);
        }

        Payload connect(String token) throws InterruptedException {
            connection.received(Frame.text("40{\"token\":\"" + token + "\"}"));
            String answer = answers.poll(20, TimeUnit.SECONDS);
            assertThat(answer).isNotNull();
            return Payload.parse(answer);
        }

        @Override
        public void write(List<Frame> frames, Completion completion) {
            frames.stream()
                    .map(Frame::text)
                    .filter(packet -> packet.startsWith("40"))
                    .forEach(packet -> answers.add(packet.substring(2)));
            completion.written();
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void terminate() {}
    }
}
