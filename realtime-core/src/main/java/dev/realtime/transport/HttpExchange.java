package dev.realtime.transport;

/**
 * One HTTP request that is no WebSocket upgrade, and its answer, which may come much later. Implemented by the
 * adapter of a container; whoever is handed one answers it.
 *
 * <p>Any thread may call, nothing here blocks, and the adapter calls back on any thread. A request that was answered
 * before its body was read costs its connection, because the rest of the body is nobody's.
 */
public interface HttpExchange {

    /** The method, as sent: {@code GET}, {@code POST}. */
    String method();

    /** The head of the request. */
    Handshake handshake();

    /** Reads the body and tells {@code reader} how that ended, unless the client goes away meanwhile. Called once. */
    void read(int maxBytes, BodyReader reader);

    /**
     * Runs {@code action} when the connection is lost before the request is answered; at once when it is lost
     * already. Called once. A container that does not watch its connections may be late, or silent.
     */
    void whenGone(Runnable action);

    /**
     * Sends the answer, then tells {@code completion}. The first answer counts; the completion of any other is not
     * told. The answer to {@code HEAD} goes without its body.
     */
    void answer(HttpAnswer answer, Transport.Completion completion);

    /** Sends an answer that nobody waits for. */
    default void answer(HttpAnswer answer) {
        answer(answer, Transport.Completion.UNHEARD);
    }

    /** Hears once how the reading of a body ended. */
    interface BodyReader {
        /** The whole body; empty when there is none. */
        void read(byte[] body);

        /** The body is larger than allowed, by what its head says or by what has come. */
        void tooLarge();
    }
}
