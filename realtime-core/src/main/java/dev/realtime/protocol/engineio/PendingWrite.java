package dev.realtime.protocol.engineio;

import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.nio.channels.ClosedChannelException;
import java.util.List;

/** A write that waits for the next GET of its client. */
record PendingWrite(List<Frame> frames, Transport.Completion completion) {

    /** It goes into the body of an answer, and counts as written with it. */
    void goInto(PollPayload payload) {
        payload.add(frames);
        completion.written();
    }

    /** It goes over another transport instead. */
    void goOver(Transport other) {
        other.write(frames, completion);
    }

    /** It goes nowhere. */
    void fail() {
        completion.failed(new ClosedChannelException());
    }
}
