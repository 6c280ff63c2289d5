package dev.realtime.engine;

import dev.realtime.transport.Frame;
import java.util.List;

/**
 * What one message becomes on the wire: its frames, which stay together. Shared by all connections that get it.
 *
 * @param frames in order
 * @param size of all frames on the wire, in bytes
 * @param isVolatile whether it may be dropped for a slow client
 */
record Parcel(List<Frame> frames, int size, boolean isVolatile) {

    static Parcel of(List<Frame> frames, boolean isVolatile) {
        int size = 0;
        for (Frame frame : frames) {
            size += frame.size();
        }
        return new Parcel(frames, size, isVolatile);
    }
}
