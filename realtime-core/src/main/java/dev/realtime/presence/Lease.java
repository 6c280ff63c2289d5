package dev.realtime.presence;

import dev.realtime.address.SessionId;

/**
 * What makes a user be there: a session that hangs on its node. It is gone with the session, and with a node that has
 * not been heard of in time.
 *
 * @param node the node's id
 * @param session the session on that node
 */
public record Lease(String node, SessionId session) {}
