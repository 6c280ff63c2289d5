package dev.realtime.presence;

/**
 * Presence in numbers, from counters.
 *
 * @param onlineUsers users that are seen as anything but offline, on all nodes
 * @param totalSubscriptions how many users the sessions of this node watch, each session counted for itself
 */
public record PresenceStats(long onlineUsers, long totalSubscriptions) {}
