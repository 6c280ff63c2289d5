package dev.realtime.jdbc;

import dev.realtime.messaging.Marker;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One database's way to move markers. Without state, safe for many threads. */
interface MarkerWriter {

    /**
     * Moves all of them, or none and throws {@link org.jdbi.v3.core.JdbiException}; markers that are there already
     * write nothing.
     *
     * @param markers one for each member, in the order of room and user, so that no two calls wait in a circle
     */
    void write(Handle handle, List<Marker> markers);
}
