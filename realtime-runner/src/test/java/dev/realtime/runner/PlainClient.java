package dev.realtime.runner;

import dev.realtime.json.Payload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A WebSocket of the JDK that keeps what it hears. It answers pings by itself. */
final class PlainClient implements WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    final AtomicInteger pings = new AtomicInteger();
    final CompletableFuture<String> pong = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();

    /** A builder for a request of its own. */
    static WebSocket.Builder builder() {
        return HTTP.newWebSocketBuilder();
    }

    WebSocket open(WebSocket.Builder request, int port, String target) {
        return request.buildAsync(URI.create("ws://127.0.0.1:" + port + target), this)
                .join();
    }

    /** The next frame. */
    String next() throws InterruptedException {
        return Optional.ofNullable(frames.poll(30, TimeUnit.SECONDS)).orElse("(nothing)");
    }

    /** The data of the next event of this name; what comes before it is passed by. */
    Payload event(String name) throws InterruptedException {
        for (String frame = next(); !frame.equals("(nothing)"); frame = next()) {
            Payload object = Payload.parse(frame);
            if (object.get("event").map(Payload::asText).equals(Optional.of(name))) {
                return object.get("data").orElseThrow();
            }
        }
        throw new AssertionError("no " + name);
    }

    int closeCode() throws Exception {
        return closed.get(30, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
        part.append(data);
        if (isLast) {
            frames.add(part.toString());
            part.setLength(0);
        }
        return WebSocket.Listener.super.onText(socket, data, isLast);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        pings.incrementAndGet();
        return WebSocket.Listener.super.onPing(socket, message);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        pong.complete(StandardCharsets.UTF_8.decode(message).toString());
        return WebSocket.Listener.super.onPong(socket, message);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed.complete(code);
        return WebSocket.Listener.super.onClose(socket, code, reason);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.completeExceptionally(error);
    }
}
