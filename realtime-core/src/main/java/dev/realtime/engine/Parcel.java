package dev.realtime.engine;

import dev.realtime.transport.Frame;
import java.util.List;

/**
 * What one message becomes on the wire: its frames, which stay together. Shared by all connections that get it.
 *
 * @param frames in order
 * @param size of all frames on the wire, in bytes
 * @param isVolatile whether it may be dropped for a slow client
 * @param isLingering whether it may wait a moment for others
 * @param stamp its place among all events, for those that may have to be heard again; else {@link #UNSTAMPED}
 */
record Parcel(List<Frame> frames, int size, boolean isVolatile, boolean isLingering, long stamp) {
    static final long UNSTAMPED = -1;

    static Parcel of(List<Frame> frames, boolean isVolatile) {
        return of(frames, isVolatile, false, UNSTAMPED);
    }

    static Parcel of(List<Frame> frames, boolean isVolatile, boolean isLingering, long stamp) {
        int size = 0;
        for (Frame frame : frames) {
            size += frame.size();
        }
        return new Parcel(frames, size, isVolatile, isLingering, stamp);
    }
}
