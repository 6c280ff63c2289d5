package dev.realtime.testkit;

import dev.realtime.json.Payload;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Socket.IO client in the same JVM, over any {@link Acceptor} and without a socket. It answers pings by itself,
 * keeps all it hears in order, and waits at most ten seconds for what a test expects; then the test fails.
 *
 * <pre>{@code
 * TestClient ana = TestClient.open(realtime.accept(protocol));
 * ana.connect("ana/patient");
 * Payload ack = ana.ask("room:join", "{\"roomId\":\"chat:ana:ben\",\"roomType\":\"chat\"}");
 * Payload joined = ana.next("room:userJoined");
 * }</pre>
 *
 * <p>An instance speaks in one namespace; {@link #in} gives one for another namespace of the same connection. Any
 * thread may call.
 */
public final class TestClient {
    private static final long PATIENCE_SECONDS = 10;
    private static final String BARRIER = "testkit:barrier";

    /** An event that was heard. */
    public record Event(String name, Payload data) {}

    private final String namespace;
    private final Shared shared;
    private final BlockingQueue<String> connectAnswers = new LinkedBlockingQueue<>();
    private final Map<String, BlockingQueue<Payload>> unread = new ConcurrentHashMap<>();
    private final Map<Long, BlockingQueue<Payload>> acks = new ConcurrentHashMap<>();
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong nextAck = new AtomicLong();
    private final Testimony testimony = new Testimony();

    private TestClient(String namespace, Shared shared) {
        this.namespace = namespace;
        this.shared = shared;
    }

    /** Opens a connection that was not refused; there is no session yet. */
    public static TestClient open(Acceptor acceptor) {
        return open(acceptor, handshake(Map.of()));
    }

    /** The same with a handshake of its own. */
    public static TestClient open(Acceptor acceptor, Handshake handshake) {
        acceptor.refuse(handshake).ifPresent(refusal -> {
            throw new AssertionError("the handshake is refused: " + refusal.body());
        });
        return openLetIn(acceptor, handshake);
    }

    /** Opens a connection whose handshake was let in before, whatever the acceptor would say to it now. */
    public static TestClient openLetIn(Acceptor acceptor) {
        return openLetIn(acceptor, handshake(Map.of()));
    }

    private static TestClient openLetIn(Acceptor acceptor, Handshake handshake) {
        Shared shared = new Shared();
        shared.wire.open(acceptor, handshake);
        return shared.in("/");
    }

    /** The handshake of a stock client over WebSocket, with these headers. */
    public static Handshake handshake(Map<String, List<String>> headers) {
        return new Handshake(
                "/socket.io/", Map.of("EIO", "4", "transport", "websocket"), headers, Optional.of("192.0.2.1"));
    }

    /** The same connection in another namespace, such as {@code /api}. */
    public TestClient in(String other) {
        return shared.in(other);
    }

    /** Asks for a session and gives the answer: {@code {sid}}, or {@code {message,data}} when it is refused. */
    public Payload connect(String token) {
        return connectWith(Payload.object().put("token", token).end().toString());
    }

    /** The same with any auth object; with an empty text there is none. */
    public Payload connectWith(String auth) {
        send(packet(0) + auth);
        return answer();
    }

    /** The answer to a connect that was sent by hand. */
    public Payload answer() {
        return Payload.parse(awaited(connectAnswers, "an answer to the connect"));
    }

    /** Asks for a session, which has to be granted, and waits for {@code connected}; that event's data. */
    public Payload welcome(String token) {
        Payload answer = connect(token);
        if (answer.get("sid").isEmpty()) {
            throw new AssertionError("refused: " + answer);
        }
        return next("connected");
    }

    /** Emits an event with one argument and waits for its ack. */
    public Payload ask(String event, String json) {
        return ack(askLater(event, json));
    }

    /** Emits an event with one argument and wants an ack; its number for {@link #ack}. */
    public long askLater(String event, String json) {
        long id = nextAck.getAndIncrement();
        testimony.asks(id, event, json);
        send(packet(2) + id + "[\"" + event + "\"," + json + "]");
        return id;
    }

    /** Waits for the ack with this number. */
    public Payload ack(long id) {
        return awaited(acks.computeIfAbsent(id, absent -> new LinkedBlockingQueue<>()), "ack " + id);
    }

    /** Emits an event with one argument and wants no ack. */
    public void tell(String event, String json) {
        send(packet(2) + "[\"" + event + "\"," + json + "]");
    }

    /** Sends a packet as it stands, the Engine.IO type included. */
    public void send(String raw) {
        send(Frame.text(raw));
    }

    /** Sends any frame. */
    public void send(Frame frame) {
        shared.wire.send(frame);
    }

    /** The data of the next event of this name that was not asked for yet. Events of other names stay. */
    public Payload next(String event) {
        return awaited(unreadOf(event), event);
    }

    /** Every event heard so far, in order, whether it was asked for or not. */
    public List<Event> events() {
        testimony.requireNoObjection();
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** Every event of this name heard so far, in order. */
    public List<Payload> events(String name) {
        return events().stream()
                .filter(event -> event.name().equals(name))
                .map(Event::data)
                .toList();
    }

    /** Every packet heard on the connection so far, in order, as it stood; a binary one as {@code b} and base64. */
    public List<String> packets() {
        synchronized (shared.packets) {
            return List.copyOf(shared.packets);
        }
    }

    /**
     * Waits until everything that was under way to this client when this was called is here, so that a test can say
     * what did not come. Needs a session; it asks for an event that does not exist.
     */
    public void settle() {
        ask(BARRIER, "{}");
    }

    /** Reads no more: the write under way, or the next one, does not complete. Answers neither pings nor closes. */
    public void stall() {
        shared.wire.stall();
    }

    /** Reads again, first what was held up. */
    public void resume() {
        shared.wire.resume();
    }

    /** Ends the session and keeps the connection, as {@code disconnect()} of a stock client does. */
    public void leave() {
        send(packet(1));
    }

    /** The network breaks. */
    public void lose() {
        shared.wire.end(CloseReason.LOST);
    }

    /** Waits for the end of the connection and tells its reason; {@link CloseReason#LOST} after a cut. */
    public CloseReason closed() {
        try {
            return shared.wire.closed().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException none) {
            throw new AssertionError("the connection did not end", none);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", hurried);
        }
    }

    /** Whether the connection has ended. */
    public boolean isClosed() {
        return shared.wire.isOver();
    }

    /** With which reasons the server asked to close, in order. */
    public List<CloseReason> closes() {
        return shared.wire.closes();
    }

    /** {@code 4<type>[<namespace>,]}. */
    private String packet(int type) {
        return "4" + type + (namespace.equals("/") ? "" : namespace + ",");
    }

    private BlockingQueue<Payload> unreadOf(String event) {
        return unread.computeIfAbsent(event, absent -> new LinkedBlockingQueue<>());
    }

    private void hear(char type, String rest) {
        switch (type) {
            case '0', '4' -> {
                testimony.connectAnswered(rest);
                connectAnswers.add(rest);
            }
            case '2' ->
                hearEvent(Payload.parse(rest.substring(rest.indexOf('['))).elements());
            case '3' -> {
                int list = rest.indexOf('[');
                long id = Long.parseLong(rest.substring(0, list));
                Payload ack = Payload.parse(rest.substring(list)).elements().get(0);
                testimony.acked(id, ack);
                acks.computeIfAbsent(id, absent -> new LinkedBlockingQueue<>()).add(ack);
            }
            default -> {}
        }
    }

    private void hearEvent(List<Payload> arguments) {
        Event event = new Event(arguments.get(0).asText(), arguments.get(1));
        testimony.heard(event.name(), event.data());
        events.add(event);
        unreadOf(event.name()).add(event.data());
    }

    private <T> T awaited(BlockingQueue<T> from, String what) {
        try {
            T found = from.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            testimony.requireNoObjection();
            if (found == null) {
                throw new AssertionError(what + " did not come; heard: " + packets());
            }
            return found;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, hurried);
        }
    }

    /** The connection under all namespaces. */
    private static final class Shared {
        final TestWire wire = new TestWire(this::hear);
        final List<String> packets = Collections.synchronizedList(new ArrayList<>());
        private final Map<String, TestClient> namespaces = new ConcurrentHashMap<>();

        TestClient in(String namespace) {
            return namespaces.computeIfAbsent(namespace, absent -> new TestClient(absent, this));
        }

        private void hear(Frame frame) {
            if (!frame.isText()) {
                packets.add("b" + Base64.getEncoder().encodeToString(frame.content()));
                return;
            }
            String packet = frame.text();
            packets.add(packet);
            if (packet.startsWith("4")) {
                hear(packet);
            }
        }

        private void hear(String packet) {
            String rest = packet.substring(2);
            boolean isNamed = rest.startsWith("/");
            int comma = rest.indexOf(',');
            String namespace = isNamed ? rest.substring(0, comma) : "/";
            in(namespace).hear(packet.charAt(1), isNamed ? rest.substring(comma + 1) : rest);
        }
    }
}
