package dev.realtime.testkit;

import dev.realtime.json.Payload;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of the plain protocol in the same JVM, over any {@link Acceptor} and without a socket. It answers pings
 * unless told otherwise, keeps all it hears in order, and waits at most ten seconds for what a test expects; then the
 * test fails.
 *
 * <pre>{@code
 * PlainTestClient ana = PlainTestClient.open(realtime.accept(new PlainProtocol(PlainSettings.defaults())));
 * ana.connect("ana/patient");
 * Payload reply = ana.ask("room:join", "{\"roomId\":\"chat:ana:ben\",\"roomType\":\"chat\"}");
 * }</pre>
 *
 * <p>Any thread may call.
 */
public final class PlainTestClient {
    private static final long PATIENCE_SECONDS = 10;

    private final Wire wire = new Wire();
    private final AtomicInteger nextId = new AtomicInteger();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, BlockingQueue<Payload>> unread = new ConcurrentHashMap<>();
    private final Testimony testimony = new Testimony();

    private PlainTestClient() {}

    /** Opens a connection that was not refused; there is no session yet. */
    public static PlainTestClient open(Acceptor acceptor) {
        return open(acceptor, handshake(Map.of()));
    }

    /** The same with a handshake of its own. */
    public static PlainTestClient open(Acceptor acceptor, Handshake handshake) {
        acceptor.refuse(handshake).ifPresent(refusal -> {
            throw new AssertionError("the handshake is refused: " + refusal.body());
        });
        PlainTestClient client = new PlainTestClient();
        client.wire.toServer(() -> client.wire.server = acceptor.open(handshake, client.wire));
        return client;
    }

    /** A handshake with these headers. */
    public static Handshake handshake(Map<String, List<String>> headers) {
        return new Handshake("/realtime", Map.of(), headers, Optional.of("192.0.2.1"));
    }

    /** Asks for a session, which has to be granted; the data of the greeting. */
    public Payload connect(String token) {
        send("{\"event\":\"connect\",\"data\":{\"token\":\"" + token + "\"}}");
        return next("connected");
    }

    /** Sends an event and waits for the reply; the reply's data. */
    public Payload ask(String event, String json) {
        int id = nextId.getAndIncrement();
        testimony.asks(id, event, json);
        send("{\"event\":\"" + event + "\",\"data\":" + json + ",\"id\":" + id + "}");
        return reply(id);
    }

    /** Sends an event and wants no reply. */
    public void tell(String event, String json) {
        send("{\"event\":\"" + event + "\",\"data\":" + json + "}");
    }

    /** Sends a text frame as it stands. */
    public void send(String text) {
        send(Frame.text(text));
    }

    /** Sends any frame. */
    public void send(Frame frame) {
        wire.tell(server -> server.received(frame));
    }

    /** Sends a frame that the container does not take for its size. */
    public void overflow() {
        wire.tell(Connection::overflowed);
        wire.close(CloseReason.TOO_LARGE);
    }

    /** Waits for the reply with this number; its data. */
    public Payload reply(long id) {
        return awaited("reply " + id);
    }

    /** The data of the next event of this name that was not asked for yet. */
    public Payload next(String event) {
        return awaited("event " + event);
    }

    /** Waits for the refusal: {@code {code,message}}. */
    public Payload refusal() {
        return awaited("error");
    }

    /** Waits until what was under way to this client when this was called is here. Needs a session. */
    public void settle() {
        ask("testkit:barrier", "{}");
    }

    /** Every frame heard so far, in order. */
    public List<String> frames() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    /** How many pings have come. */
    public int pings() {
        return wire.pings.get();
    }

    /** From now on pings stay without a pong. */
    public void ignorePings() {
        wire.isSilent = true;
    }

    /** From now on no write completes, and no close arrives. */
    public void stall() {
        wire.isStalled = true;
    }

    /** Closes the WebSocket in an orderly way, with 1000. */
    public void leave() {
        wire.end(CloseReason.NORMAL);
    }

    /** The network breaks. */
    public void lose() {
        wire.end(CloseReason.LOST);
    }

    /** Waits until the server closes; with which reason. */
    public CloseReason closed() {
        return awaited(wire.closed, "a close");
    }

    /** Waits until the server cuts the connection, whatever it said before. */
    public void cut() {
        awaited(wire.cut, "the cut");
    }

    private void hear(Frame frame) {
        heard.add(frame.text());
        Payload object = Payload.parse(frame.text());
        testimony.framed(object);
        object.get("event").ifPresent(name -> {
            testimony.heard(name.asText(), data(object));
            keep("event " + name.asText(), data(object));
        });
        object.get("reply").ifPresent(id -> {
            testimony.acked(id.asLong(), data(object));
            keep("reply " + id.asLong(), data(object));
        });
        object.get("error").ifPresent(error -> keep("error", error));
    }

    private static Payload data(Payload object) {
        return object.get("data").orElseGet(Payload::emptyObject);
    }

    private void keep(String what, Payload data) {
        queue(what).add(data);
    }

    private BlockingQueue<Payload> queue(String what) {
        return unread.computeIfAbsent(what, absent -> new LinkedBlockingQueue<>());
    }

    private Payload awaited(String what) {
        try {
            Optional<Payload> found = Optional.ofNullable(queue(what).poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
            testimony.requireNoObjection();
            return found.orElseThrow(() -> new AssertionError(what + " did not come; heard: " + frames()));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, hurried);
        }
    }

    private <T> T awaited(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException none) {
            throw new AssertionError(what + " did not come; heard: " + frames(), none);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, hurried);
        }
    }

    /** The connection without a socket; the server hears one thing at a time, as from a container. */
    private final class Wire implements Transport {
        private final Queue<Runnable> deeds = new ConcurrentLinkedQueue<>();
        private final AtomicInteger undone = new AtomicInteger();
        private final AtomicInteger pings = new AtomicInteger();
        private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
        private final CompletableFuture<Boolean> cut = new CompletableFuture<>();
        private volatile boolean isSilent;
        private volatile boolean isStalled;
        private @Nullable Connection server;
        private boolean isOver;

        @Override
        public void write(List<Frame> frames, Completion completion) {
            if (!isStalled) {
                frames.forEach(PlainTestClient.this::hear);
                completion.written();
            }
        }

        @Override
        public void ping() {
            pings.incrementAndGet();
            if (!isSilent) {
                tell(Connection::pong);
            }
        }

        /** A container tells of an end of our own as of any other. */
        @Override
        public void close(CloseReason reason) {
            if (!isStalled) {
                closed.complete(reason);
                end(CloseReason.LOST);
            }
        }

        @Override
        public void terminate() {
            cut.complete(true);
            end(CloseReason.LOST);
        }

        void end(CloseReason reason) {
            tell(connection -> {
                isOver = true;
                connection.closed(reason);
            });
        }

        void tell(Consumer<Connection> deed) {
            toServer(() -> {
                if (server != null && !isOver) {
                    deed.accept(server);
                }
            });
        }

        /** Whoever finds nothing under way does everything there is, also what comes meanwhile. */
        void toServer(Runnable deed) {
            deeds.add(deed);
            if (undone.getAndIncrement() == 0) {
                do {
                    Runnable next = deeds.poll();
                    if (next != null) {
                        next.run();
                    }
                } while (undone.decrementAndGet() > 0);
            }
        }
    }
}
