package dev.realtime.runner.server;

import dev.realtime.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.CancellationException;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;

/** Tells a completion how a write of Grizzly's ended. */
final class GrizzlyCompletion<M> extends EmptyCompletionHandler<WriteResult<M, SocketAddress>> {
    private final Transport.Completion completion;

    GrizzlyCompletion(Transport.Completion completion) {
        this.completion = completion;
    }

    @Override
    public void completed(WriteResult<M, SocketAddress> result) {
        completion.written();
    }

    @Override
    public void failed(Throwable cause) {
        completion.failed(cause);
    }

    @Override
    public void cancelled() {
        completion.failed(new CancellationException("the write was cancelled"));
    }
}
