package dev.realtime.room;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import java.util.Optional;

/**
 * Remembers which rooms belong to a visit. A binding decides who may read the room's messages, so it must live as
 * long as they do. Called on worker threads, where it may block. {@code RoomBindingsContract} tests each sentence.
 */
public interface RoomBindings {

    /** The visit the room is bound to. */
    Optional<VisitId> find(RoomId room);

    /**
     * Binds the room for good, unless it is bound already, and tells the visit it is bound to now. Of two callers
     * with different visits one wins and both are told which.
     */
    VisitId bind(RoomId room, VisitId visit);
}
