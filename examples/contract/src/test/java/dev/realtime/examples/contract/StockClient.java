package dev.realtime.examples.contract;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;

/** The stock Java client of Socket.IO. It waits at most twenty seconds for what it expects. For one thread. */
final class StockClient implements AutoCloseable {
    private final Map<String, BlockingQueue<JSONObject>> heard = new ConcurrentHashMap<>();
    private final Socket socket;

    /** Connected over {@code transports}, in the order tried; the token is {@code user/role}. */
    StockClient(int port, String token, String... transports) throws InterruptedException {
        IO.Options options = IO.Options.builder()
                .setTransports(transports)
                .setAuth(Map.of("token", token))
                .setForceNew(true)
                .setReconnection(false)
                .build();
        socket = IO.socket(URI.create("http://127.0.0.1:" + port), options);
        socket.onAnyIncoming(arguments -> queue(String.valueOf(arguments[0])).add((JSONObject) arguments[1]));
        socket.connect();
        next("connected");
    }

    String join(String room) throws Exception {
        return ask("room:join", new JSONObject().put("roomId", room).put("roomType", "chat"))
                .getString("roomId");
    }

    JSONObject say(String room, String text) throws Exception {
        return ask("message:send", new JSONObject().put("roomId", room).put("message", text));
    }

    JSONObject ask(String event, JSONObject data) throws InterruptedException {
        BlockingQueue<JSONObject> answer = new LinkedBlockingQueue<>();
        socket.emit(event, new Object[] {data}, (Ack) arguments -> answer.add((JSONObject) arguments[0]));
        return taken(answer, "the ack of " + event);
    }

    /** The data of the next event of this name. */
    JSONObject next(String event) throws InterruptedException {
        return taken(queue(event), event);
    }

    @Override
    public void close() {
        socket.disconnect();
    }

    private BlockingQueue<JSONObject> queue(String event) {
        return heard.computeIfAbsent(event, name -> new LinkedBlockingQueue<>());
    }

    private static JSONObject taken(BlockingQueue<JSONObject> from, String what) throws InterruptedException {
        return Optional.ofNullable(from.poll(20, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError(what + " did not come"));
    }
}
