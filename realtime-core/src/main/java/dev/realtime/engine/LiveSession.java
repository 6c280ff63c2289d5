package dev.realtime.engine;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.auth.Principal;
import dev.realtime.engine.outbox.Channel;
import dev.realtime.engine.outbox.Feed;
import dev.realtime.engine.outbox.Parcel;
import dev.realtime.engine.pace.TokenBucket;
import dev.realtime.fanout.Position;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Outbound;
import dev.realtime.recovery.RecoverySettings;
import dev.realtime.session.Session;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Handshake;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session that is registered: its place in the hub, its bucket, and the way to its client. It outlives its
 * connection when the client may still come back. Any thread may call.
 */
final class LiveSession implements Session {
    private final SessionId id = SessionId.random();
    private final int idHash = id.hashCode();
    private final UserId user;
    private final int userHash;
    private final Optional<String> privateId;
    private final Channel channel;
    private final Instant connectedAt;
    private final TokenBucket events;
    private final Feed feed;
    private final Position greetedAt;
    private final Lifetime lifetime;
    private final Parts parts;

    private volatile Principal principal;
    private volatile Handshake handshake;
    /** Null while it is parked, so that nothing of a dead connection is kept; changes under this session's lock. */
    private volatile @Nullable LiveConnection connection;

    /** The moment at which it was parked last. */
    private long parkedAt;

    /** The rooms it has a seat in; null when it is gone. */
    private @Nullable Set<RoomId> rooms = Set.of();

    /** Whom it watches; compared by identity, as each has one place. */
    private Set<Watchers.Watched> watched = Set.of();

    LiveSession(Principal principal, Channel channel, LiveConnection connection, Beginning beginning) {
        this.principal = principal;
        this.user = principal.user();
        this.userHash = user.hashCode();
        this.channel = channel;
        this.connection = connection;
        this.handshake = connection.handshake();
        this.parts = connection.parts();
        this.connectedAt = beginning.at();
        this.events = beginning.events();
        this.privateId = beginning.privateId();
        this.greetedAt = beginning.position();
        this.feed = new Feed(beginning.recovery());
        this.lifetime = new Lifetime(this, parts);
    }

    /**
     * What a session begins with.
     *
     * @param at when
     * @param position after which event
     * @param events the bucket of its events
     * @param privateId the secret to resume it with, when that is possible
     * @param recovery how much is kept for its return
     */
    record Beginning(
            Instant at, Position position, TokenBucket events, Optional<String> privateId, RecoverySettings recovery) {}

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
        return handshake;
    }

    @Override
    public Instant connectedAt() {
        return connectedAt;
    }

    /** Ends it, also while it only waits for its client to come back. */
    @Override
    public void disconnect() {
        connection().ifPresent(on -> on.disconnect(this, CloseReason.DISCONNECTED));
        parts.resumption().abandon(this);
    }

    /** Whether it is the user's. Each delivery asks each session, so most are told apart by what is at hand. */
    boolean isOf(UserId other) {
        return userHash == other.hashCode() && user.equals(other);
    }

    /** Whether this is its id, as a rule told by a hash at hand. */
    boolean is(SessionId other) {
        return idHash == other.hashCode() && id.equals(other);
    }

    Channel channel() {
        return channel;
    }

    /** The connection it has, or had last; empty while it waits for its client to come back. */
    Optional<LiveConnection> connection() {
        return Optional.ofNullable(connection);
    }

    /** Whether this is its connection. */
    boolean isOn(LiveConnection which) {
        return connection == which;
    }

    /** The secret with which its client can resume it. */
    Optional<String> privateId() {
        return privateId;
    }

    /** The place of its greeting among the events. */
    Position greetedAt() {
        return greetedAt;
    }

    /** The bucket of all its events. */
    TokenBucket events() {
        return events;
    }

    /** How long it lasts whose client does nothing about it. */
    Lifetime lifetime() {
        return lifetime;
    }

    /** Its client has shown a new proof of who it is. */
    void proves(Principal proven) {
        principal = proven;
    }

    Feed feed() {
        return feed;
    }

    /** Whether it waits for its client to come back. */
    boolean isParked() {
        return connection == null;
    }

    /** Whether it has waited since this moment. */
    synchronized boolean isParkedSince(long moment) {
        return isParked() && parkedAt == moment;
    }

    /** Keeps what it is to hear until its client is back; false when it has gone on over another connection. */
    synchronized boolean park(LiveConnection lost, long now) {
        if (connection != lost) {
            return false;
        }
        connection = null;
        parkedAt = now;
        feed.pause(lost.outbox());
        return true;
    }

    /** Goes on over another connection, with the client's new proof of who it is; the one it had, if any. */
    synchronized Optional<LiveConnection> resume(LiveConnection next, Principal proven) {
        Optional<LiveConnection> last = connection();
        last.ifPresent(old -> feed.pause(old.outbox()));
        principal = proven;
        handshake = next.handshake();
        connection = next;
        return last;
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

    synchronized boolean isIn(RoomId room) {
        return rooms != null && rooms.contains(room);
    }

    /** The rooms it has a seat in. */
    synchronized Set<RoomId> rooms() {
        return rooms == null ? Set.of() : Set.copyOf(rooms);
    }

    /** Notes that it watches somebody it does not watch; false once it is gone. Called holding this session's lock. */
    boolean mayWatch(Watchers.Watched user) {
        if (rooms == null) {
            return false;
        }
        watched = watched.isEmpty() ? Collections.newSetFromMap(new IdentityHashMap<>(4)) : watched;
        return watched.add(user);
    }

    /** Notes that it does not watch somebody any more; false when it did not. Called holding this session's lock. */
    boolean unwatches(Watchers.Watched user) {
        return watches(user) && watched.remove(user);
    }

    /** Whether it watches somebody. Called holding this session's lock. */
    boolean watches(Watchers.Watched user) {
        return watched.contains(user);
    }

    /** Whom it watches. Called holding this session's lock. */
    Set<Watchers.Watched> watched() {
        return watched;
    }

    /** Whom it watched, once. Called holding this session's lock, after its rooms were surrendered. */
    Set<Watchers.Watched> surrenderWatched() {
        Set<Watchers.Watched> last = watched;
        watched = Set.of();
        return last;
    }

    /** Sends an event that others may get, too; after the greeting. */
    void deliver(Parcel parcel) {
        feed.deliver(parcel);
    }

    /** Sends something to this session alone, after the greeting. */
    void send(Outbound message) {
        feed.send(parcel(message));
    }

    /** Answers an event, when an answer was asked for. */
    void answer(OptionalLong ackId, Payload reply) {
        ackId.ifPresent(number -> send(new Outbound.Ack(channel.namespace(), number, List.of(reply))));
    }

    /** Sends the answer to the connect and the first event, then what is kept from {@code index} on. */
    void greet(Outbound.Event greeting, long index) {
        Parcel connected = parcel(new Outbound.Connected(channel.namespace(), id, privateId, Optional.of(greeting)));
        synchronized (this) {
            connection().ifPresent(on -> feed.begin(on.outbox(), connected, index));
        }
    }

    private Parcel parcel(Outbound message) {
        return Parcel.of(channel.protocol().encode(message), false);
    }
}
