package dev.realtime.session;

import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import java.util.List;
import java.util.Optional;

/** The live sessions of this node. Safe for many threads; answers are snapshots. */
public interface SessionRegistry {

    /** The session with this id, while it lives. */
    Optional<Session> find(SessionId id);

    /** The live sessions of a user on this node, in no particular order. */
    List<Session> of(UserId user);

    /** All live sessions of this node. */
    List<Session> all();

    /** How many there are. */
    int count();
}
