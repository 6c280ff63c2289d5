package dev.realtime.runner.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.WebSocket;
import java.net.URI;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.json.JSONException;
import org.json.JSONObject;

/** The stock Java client on one session, without reconnecting. */
final class StockClient implements AutoCloseable {
    private static final OkHttpClient OK_HTTP =
            new OkHttpClient.Builder().socketFactory(new PromptSockets()).build();

    private final Heard heard = new Heard();
    private final Socket socket;
    private int asked;

    private StockClient(Socket socket) {
        this.socket = socket;
        socket.on(Socket.EVENT_CONNECT, arguments -> heard.add("connect", NullNode.instance));
        socket.on(Socket.EVENT_CONNECT_ERROR, arguments -> heard.add("connect_error", json(arguments)));
        socket.on(Socket.EVENT_DISCONNECT, arguments -> heard.add("disconnect", json(arguments)));
        socket.onAnyIncoming(arguments ->
                heard.add(String.valueOf(arguments[0]), arguments.length > 1 ? json(arguments[1]) : NullNode.instance));
    }

    /** Begins to connect over WebSocket. */
    static StockClient open(int port, String token) {
        return open(port, token, WebSocket.NAME);
    }

    /** Begins to connect over the first of these, and goes on to the second. */
    static StockClient open(int port, String token, String... transports) {
        IO.Options options = new IO.Options();
        options.auth = Map.of("token", token);
        options.transports = transports;
        options.forceNew = true;
        options.reconnection = false;
        options.callFactory = OK_HTTP;
        options.webSocketFactory = OK_HTTP;
        StockClient client = new StockClient(IO.socket(URI.create("http://127.0.0.1:" + port), options));
        client.socket.connect();
        return client;
    }

    /** Connects and waits until the server has greeted it. */
    static StockClient connected(int port, String token) {
        StockClient client = open(port, token);
        client.heard.await("connected");
        return client;
    }

    /** Connects over the first of these and waits until the server has greeted it. */
    static StockClient connected(int port, String token, String... transports) {
        StockClient client = open(port, token, transports);
        client.heard.await("connected");
        return client;
    }

    String id() {
        return socket.id();
    }

    /** What it has heard; an ack is an event {@code ack}. */
    Heard heard() {
        return heard;
    }

    /** Sends an event and waits for its ack. */
    JsonNode ask(String event, Map<String, ?> data) {
        return heard.await("ack", send(event, data));
    }

    /** Sends an event; its ack will be the n-th, which is what this returns. Acks come in the order asked. */
    int send(String event, Map<String, ?> data) {
        try {
            Object payload = new JSONObject(Http.text(data));
            Ack ack = arguments -> heard.add("ack", json(arguments));
            socket.emit(event, new Object[] {payload}, ack);
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
        return ++asked;
    }

    /** Says goodbye. */
    void disconnect() {
        socket.disconnect();
    }

    @Override
    public void close() {
        disconnect();
    }

    private static JsonNode json(Object... arguments) {
        if (arguments.length == 0) {
            return NullNode.instance;
        }
        Object first = arguments[0];
        return first instanceof JSONObject object
                ? Http.parse(object.toString())
                : Http.JSON.getNodeFactory().textNode(String.valueOf(first));
    }
}
