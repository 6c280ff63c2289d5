package dev.realtime.call;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;

/**
 * A user at one of several devices: those that only rang along are told that they may stop.
 *
 * @param user who
 * @param session where
 */
public record Device(UserId user, SessionId session) {}
