package dev.realtime.protocol.engineio;

import dev.realtime.transport.Transport;

/** Counts how a write ended. */
final class RecordingCompletion implements Transport.Completion {
    int written;
    int failed;

    @Override
    public void written() {
        written++;
    }

    @Override
    public void failed(Throwable cause) {
        failed++;
    }
}
