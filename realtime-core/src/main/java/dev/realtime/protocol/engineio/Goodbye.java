package dev.realtime.protocol.engineio;

import dev.realtime.transport.Frame;
import java.util.List;

/**
 * What an answer to a GET says of the end of its session.
 *
 * @param isLast whether the session is over with this answer
 * @param packets behind all that waited
 */
record Goodbye(boolean isLast, List<Frame> packets) {
    private static final Frame NOOP = Frame.text("6");
    private static final Frame CLOSED = Frame.text("1");

    static final Goodbye NONE = new Goodbye(false, List.of());

    /** The client knows; nothing but an answer is missing. */
    static final Goodbye TO_ONE_WHO_LEFT = new Goodbye(true, List.of(NOOP));

    static final Goodbye CLOSE = new Goodbye(true, List.of(CLOSED));

    /** The GET came after the close, so it is answered as a GET is before the close is told. */
    static final Goodbye CLOSE_OF_LATE_GET = new Goodbye(true, List.of(NOOP, CLOSED));

    /** The session ends for other reasons than this answer. */
    static final Goodbye BROKEN = new Goodbye(false, List.of(CLOSED));
}
