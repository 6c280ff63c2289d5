package dev.realtime.room;

/**
 * Bounds of rooms.
 *
 * @param maxRoomsPerSession how many rooms one session may be in; a join beyond it is refused
 */
public record RoomSettings(int maxRoomsPerSession) {
    /** 100 rooms a session. */
    public static final RoomSettings DEFAULTS = new RoomSettings(100);
}
