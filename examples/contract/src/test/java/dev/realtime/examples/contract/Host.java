package dev.realtime.examples.contract;

import java.io.Closeable;
import java.io.IOException;

/** A container that runs a node: Socket.IO at {@code /socket.io/}, the plain protocol at {@code /realtime}. */
public final class Host implements Closeable {
    private final int port;
    private final AutoCloseable end;
    private boolean isClosed;

    /** A host that listens on {@code port}; {@code end} closes the node, then the container. */
    public Host(int port, AutoCloseable end) {
        this.port = port;
        this.end = end;
    }

    int port() {
        return port;
    }

    /** Happens once. */
    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            end.close();
        } catch (IOException | RuntimeException broken) {
            throw broken;
        } catch (Exception broken) {
            throw new IOException(broken);
        }
    }
}
