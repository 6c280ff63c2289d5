package dev.realtime.servlet;

import dev.realtime.transport.Transport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** The body of an answer on its way out, as fast as the client reads. The container calls it on one thread at a time. */
final class BodyOut implements WriteListener {
    private final ServletOutputStream stream;
    private final byte[] bytes;
    private final AsyncContext context;
    private final Transport.Completion completion;
    private boolean isWritten;
    private boolean isOver;

    BodyOut(ServletOutputStream stream, byte[] bytes, AsyncContext context, Transport.Completion completion) {
        this.stream = stream;
        this.bytes = bytes;
        this.context = context;
        this.completion = completion;
    }

    void begin() {
        stream.setWriteListener(this);
    }

    @Override
    public void onWritePossible() throws IOException {
        if (!isWritten && stream.isReady()) {
            isWritten = true;
            stream.write(bytes);
        }
        if (!isOver && stream.isReady()) {
            isOver = true;
            context.complete();
            completion.written();
        }
    }

    @Override
    public void onError(Throwable cause) {
        if (!isOver) {
            isOver = true;
            context.complete();
            completion.failed(cause);
        }
    }
}
