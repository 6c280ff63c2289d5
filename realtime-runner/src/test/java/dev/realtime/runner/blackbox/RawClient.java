package dev.realtime.runner.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A WebSocket whose frames the test writes itself. It hears {@code text} and, once, {@code close}. */
final class RawClient implements AutoCloseable {
    private final Heard heard = new Heard();
    private final WebSocket socket;

    private RawClient(int port, String query) {
        URI address = URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket" + query);
        this.socket = Http.CLIENT
                .newWebSocketBuilder()
                .buildAsync(address, new Ears(heard))
                .join();
    }

    /** An Engine.IO session without a namespace. */
    static RawClient open(int port) {
        RawClient client = new RawClient(port, "");
        client.awaitText("0{");
        return client;
    }

    /** A WebSocket for an Engine.IO session that there is. */
    static RawClient of(int port, String sid) {
        return new RawClient(port, "&sid=" + sid);
    }

    /** A session in the main namespace. */
    static RawClient connected(int port, String token) {
        RawClient client = open(port);
        client.send("40" + Http.text(Map.of("token", token)));
        client.awaitText("42[\"connected\"");
        return client;
    }

    /** Sends text or, for bytes, a binary frame. A frame that the server no longer takes is lost. */
    void send(Object frame) {
        try {
            if (frame instanceof byte[] bytes) {
                socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
            } else {
                socket.sendText(frame.toString(), true).join();
            }
        } catch (CompletionException lost) {
            heard.add("lost", text(String.valueOf(lost.getMessage())));
        }
    }

    /** The first text frame that begins so. */
    String awaitText(String beginning) {
        return awaitText(beginning, 1);
    }

    /** The n-th text frame that begins so. */
    String awaitText(String beginning, int n) {
        return heard.await(
                        event -> event.name().equals("text")
                                && event.data().textValue().startsWith(beginning),
                        n,
                        "text " + beginning)
                .data()
                .textValue();
    }

    void awaitClose() {
        heard.await("close");
    }

    Heard heard() {
        return heard;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static JsonNode text(String value) {
        return Http.JSON.getNodeFactory().textNode(value);
    }

    private static final class Ears implements WebSocket.Listener {
        private final Heard heard;
        private final StringBuilder pending = new StringBuilder();

        Ears(Heard heard) {
            this.heard = heard;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            pending.append(data);
            if (last) {
                heard.add("text", text(pending.toString()));
                pending.setLength(0);
            }
            return WebSocket.Listener.super.onText(from, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            heard.add("close", Http.JSON.getNodeFactory().numberNode(code));
            return WebSocket.Listener.super.onClose(from, code, reason);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            heard.add("close", text(String.valueOf(error)));
        }
    }
}
