package dev.realtime.room;

/**
 * Where rooms keep what they know.
 *
 * @param members who is where
 * @param bindings which room belongs to which visit
 */
public record RoomStores(MembershipStore members, RoomBindings bindings) {}
