package dev.realtime.engine;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.auth.Principal;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import dev.realtime.session.Session;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Handshake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session that is registered: its place in the hub, its bucket, and the way to its client. Any thread may call. */
final class LiveSession implements Session {
    private final SessionId id;
    private final Principal principal;
    private final Channel channel;
    private final LiveConnection connection;
    private final Instant connectedAt;
    private final TokenBucket events;

    /** What is delivered before the greeting is on its way waits behind it; null from then on. */
    private @Nullable List<Parcel> held = new ArrayList<>(0);

    private volatile boolean isGreeted;

    /** The rooms it has a seat in; null when it is gone. */
    private @Nullable Set<RoomId> rooms = Set.of();

    LiveSession(
            Principal principal, Channel channel, LiveConnection connection, Instant connectedAt, TokenBucket events) {
        this.id = SessionId.random();
        this.principal = principal;
        this.channel = channel;
        this.connection = connection;
        this.connectedAt = connectedAt;
        this.events = events;
    }

    @Override
    public SessionId id() {
        return id;
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public Handshake handshake() {
        return connection.handshake();
    }

    @Override
    public Instant connectedAt() {
        return connectedAt;
    }

    @Override
    public void disconnect() {
        connection.disconnect(this, CloseReason.DISCONNECTED);
    }

    Channel channel() {
        return channel;
    }

    /** The bucket of all its events. */
    TokenBucket events() {
        return events;
    }

    /** Notes that it is in the room; false once it is gone. The hub calls it holding this session's lock. */
    boolean enters(RoomId room) {
        if (rooms == null) {
            return false;
        }
        rooms = rooms.isEmpty() ? new HashSet<>() : rooms;
        rooms.add(room);
        return true;
    }

    /** Notes that it is not in the room any more. The hub calls it holding this session's lock. */
    void leaves(RoomId room) {
        if (rooms != null && !rooms.isEmpty()) {
            rooms.remove(room);
        }
    }

    /** Its rooms, once: from then on it enters none. The hub calls it holding this session's lock. */
    Set<RoomId> surrenderRooms() {
        Set<RoomId> last = rooms == null ? Set.of() : rooms;
        rooms = null;
        return last;
    }

    /** Sends the parcel, after the greeting. */
    void deliver(Parcel parcel) {
        if (!isGreeted && isHeld(parcel)) {
            return;
        }
        connection.outbox().offer(parcel);
    }

    /** Sends the answer to the connect and the first event, then whatever was delivered meanwhile. */
    void greet(Outbound connected, Outbound firstEvent) {
        synchronized (this) {
            connection.outbox().offer(parcel(connected));
            connection.outbox().offer(parcel(firstEvent));
            if (held != null) {
                held.forEach(connection.outbox()::offer);
            }
            held = null;
            isGreeted = true;
        }
    }

    /** Sends something to this session alone, after the greeting. */
    void send(Outbound message) {
        deliver(parcel(message));
    }

    /** Answers an event, when an answer was asked for. */
    void answer(OptionalLong ackId, Payload reply) {
        ackId.ifPresent(number -> send(new Outbound.Ack(channel.namespace(), number, List.of(reply))));
    }

    private Parcel parcel(Outbound message) {
        return Parcel.of(channel.protocol().encode(message), false);
    }

    private synchronized boolean isHeld(Parcel parcel) {
        return held != null && held.add(parcel);
    }
}
