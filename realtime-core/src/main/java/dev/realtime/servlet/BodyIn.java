package dev.realtime.servlet;

import dev.realtime.transport.HttpExchange;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The body of a request as it comes in, up to a limit. The container calls it on one thread at a time. */
final class BodyIn implements ReadListener {
    private static final int CHUNK = 8192;

    private final ServletInputStream stream;
    private final int limit;
    private final HttpExchange.BodyReader reader;
    private final Runnable broken;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean isTold;
    private volatile boolean isWhole;

    BodyIn(ServletInputStream stream, int limit, HttpExchange.BodyReader reader, Runnable broken) {
        this.stream = stream;
        this.limit = limit;
        this.reader = reader;
        this.broken = broken;
    }

    void begin() {
        stream.setReadListener(this);
    }

    boolean isWhole() {
        return isWhole;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (!isTold && stream.isReady() && !stream.isFinished()) {
            keep(chunk, stream.read(chunk));
        }
    }

    @Override
    public void onAllDataRead() {
        isWhole = true;
        if (!isTold) {
            isTold = true;
            reader.read(bytes.toByteArray());
        }
    }

    @Override
    public void onError(Throwable cause) {
        broken.run();
    }

    /** What is above the limit is left to the container. */
    private void keep(byte[] chunk, int count) {
        bytes.write(chunk, 0, Math.max(0, count));
        if (bytes.size() > limit) {
            isTold = true;
            bytes.reset();
            reader.tooLarge();
        }
    }
}
