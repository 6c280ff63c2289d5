package dev.realtime.messaging;

import dev.realtime.address.SessionId;
import dev.realtime.auth.Principal;

/**
 * Who has received or read something, and at which of the user's sessions.
 *
 * @param session which is not told of it again
 */
public record Reader(Principal who, SessionId session) {}
