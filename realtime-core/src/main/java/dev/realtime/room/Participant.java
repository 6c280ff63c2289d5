package dev.realtime.room;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import java.time.Instant;

/**
 * A session that has joined a room. Two devices of one user are two participants.
 *
 * @param session the session
 * @param user whose it is
 * @param role the user's role
 * @param joinedAt when it last joined, to the millisecond
 */
public record Participant(SessionId session, UserId user, String role, Instant joinedAt) {}
