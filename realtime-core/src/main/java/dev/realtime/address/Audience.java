package dev.realtime.address;

/** Who should hear an event. */
public sealed interface Audience {

    /** All live sessions of one user, on all nodes. */
    record OfUser(UserId user) implements Audience {}

    /** All sessions that have joined a room. */
    record OfRoom(RoomId room) implements Audience {}

    /** One session. */
    record OfSession(SessionId session) implements Audience {}

    /** All sessions that watch a user. */
    record OfWatchers(UserId user) implements Audience {}

    /** Every session. */
    record Everyone() implements Audience {}

    /** All live sessions of {@code user}. */
    static Audience user(UserId user) {
        return new OfUser(user);
    }

    /** All sessions in {@code room}. */
    static Audience room(RoomId room) {
        return new OfRoom(room);
    }

    /** The session {@code session} alone. */
    static Audience session(SessionId session) {
        return new OfSession(session);
    }

    /** All sessions that watch {@code user}. */
    static Audience watchers(UserId user) {
        return new OfWatchers(user);
    }

    /** Every session of every user. */
    static Audience everyone() {
        return new Everyone();
    }
}
