package dev.realtime.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

class EmbedInTyrusTest {
    @Test
    void aStockClientTalksInTheExample() throws Exception {
        try (EmbedInTyrus server = new EmbedInTyrus(0)) {
            BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
            Socket ana = connected(server, "ana", heard);
            Socket ben = connected(server, "ben", heard);

            JSONObject joined = ask(ana, "room:join", "{\"roomId\":\"lobby\",\"roomType\":\"chat\"}");
            JSONObject sent = ask(ben, "message:send", "{\"roomId\":\"lobby\",\"message\":\"Hello\"}");

            assertThat(joined.getBoolean("success")).isTrue();
            assertThat(sent.getJSONObject("message").getInt("seq")).isEqualTo(1);
            JSONObject message = (JSONObject) heard.poll(10, TimeUnit.SECONDS);
            assertThat(message.getString("message")).isEqualTo("Hello");
            assertThat(message.getString("senderId")).isEqualTo("ben");
            ana.disconnect();
            ben.disconnect();
        }
    }

    private static Socket connected(EmbedInTyrus server, String name, BlockingQueue<Object> heard) throws Exception {
        BlockingQueue<Object> connected = new LinkedBlockingQueue<>();
        IO.Options options = IO.Options.builder()
                .setTransports(new String[] {"websocket"})
                .setAuth(Map.of("token", name))
                .setForceNew(true)
                .build();
        Socket socket = IO.socket(URI.create("http://127.0.0.1:" + server.port()), options);
        socket.on("connected", arguments -> connected.add(arguments[0]));
        socket.on("message:new", arguments -> heard.add(arguments[0]));
        socket.connect();
        assertThat(connected.poll(10, TimeUnit.SECONDS)).isNotNull();
        return socket;
    }

    private static JSONObject ask(Socket socket, String event, String data) throws Exception {
        BlockingQueue<Object> answer = new LinkedBlockingQueue<>();
        socket.emit(event, new Object[] {new JSONObject(data)}, (Ack) arguments -> answer.add(arguments[0]));
        return (JSONObject) answer.poll(10, TimeUnit.SECONDS);
    }
}
