package dev.realtime.engine.outbox;

import dev.realtime.transport.Frame;
import java.util.List;
import java.util.Optional;

/**
 * What one message becomes on the wire: its frames, which stay together. Shared by all connections that get it.
 *
 * @param frames in order
 * @param size of all frames on the wire, in bytes
 * @param isVolatile whether it may be dropped for a slow client
 * @param isLingering whether it may wait a moment for others
 * @param conflation what it is the newest value of, among what waits for a slow client; only of volatile ones
 * @param stamp its place among all events, for those that may have to be heard again; else {@link #UNSTAMPED}
 */
public record Parcel(
        List<Frame> frames,
        int size,
        boolean isVolatile,
        boolean isLingering,
        Optional<Conflation> conflation,
        long stamp) {
    /** The stamp of what nobody hears again. */
    public static final long UNSTAMPED = -1;

    /** What goes to one connection and does not linger. */
    public static Parcel of(List<Frame> frames, boolean isVolatile) {
        return of(frames, isVolatile, false, Optional.empty(), UNSTAMPED);
    }

    static Parcel of(
            List<Frame> frames, boolean isVolatile, boolean isLingering, Optional<Conflation> conflation, long stamp) {
        int size = 0;
        for (Frame frame : frames) {
            size += frame.size();
        }
        return new Parcel(frames, size, isVolatile, isLingering, conflation, stamp);
    }

    /**
     * What a parcel is the newest value of. Sessions of one connection share an outbox, so it holds for a channel.
     *
     * @param channel in whose bytes it is
     * @param event the name of the event
     * @param of what the event is about
     */
    public record Conflation(Channel channel, String event, String of) {}

    /** Adds its frames behind the others. */
    void addTo(List<Frame> others) {
        // Most have one, and copying a list by its array costs more than that.
        for (int i = 0; i < frames.size(); i++) {
            others.add(frames.get(i));
        }
    }

    /** The place of this one in a queue whose content is elsewhere. */
    Parcel place() {
        return new Parcel(List.of(), 0, true, isLingering, conflation, stamp);
    }
}
