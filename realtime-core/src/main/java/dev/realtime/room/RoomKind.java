package dev.realtime.room;

import dev.realtime.address.RoomId;

/** What the prefix of a room's id makes of it. */
enum RoomKind {
    /** {@code user:}, {@code topic:}: names of the server's own, never entered. */
    RESERVED,
    /** {@code chat:<a>:<b>}: the users it names. */
    CHAT,
    /** {@code visit:<v>}, {@code call:<v>}: the participants of the visit. */
    OF_VISIT,
    /** {@code notifications:<u>}: that user. */
    NOTIFICATIONS,
    /** No prefix with a meaning. */
    OTHER;

    static RoomKind of(RoomId room) {
        int colon = room.value().indexOf(':');
        return switch (colon < 0 ? "" : room.value().substring(0, colon)) {
            case "user", "topic" -> RESERVED;
            case "chat" -> CHAT;
            case "visit", "call" -> OF_VISIT;
            case "notifications" -> NOTIFICATIONS;
            default -> OTHER;
        };
    }

    /** What follows the first colon. */
    static String rest(RoomId room) {
        return room.value().substring(room.value().indexOf(':') + 1);
    }
}
