package dev.realtime.runner.conformance;

import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Makes the JVM load and compile what it needs, before the suites count in steps of 5 ms. */
final class WarmUp {
    private static final int ROUNDS = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String target;

    private WarmUp(int port) {
        this.target = "http://localhost:" + port + "/engine.io/?EIO=4&transport=polling";
    }

    static void run(int port) throws IOException, InterruptedException {
        exercise(new SampleClient(new SocketIoProtocol(SocketIoSettings.defaults()), new Nowhere()));
        WarmUp warmUp = new WarmUp(port);
        for (int i = 0; i < ROUNDS; i++) {
            warmUp.poll();
        }
    }

    private static void exercise(SampleClient client) {
        List.of("40{\"a\":1}", "421[\"message-with-ack\",1]", "40/custom", "40/unknown")
                .forEach(packet -> client.received(Frame.text(packet)));
        client.received(Frame.text("451-[\"message\",{\"_placeholder\":true,\"num\":0}]"));
        client.received(Frame.binary(new byte[] {1}));
    }

    private void poll() throws IOException, InterruptedException {
        String open = get(target);
        String session = target + "&sid=" + open.substring("0{'sid':'".length(), "0{'sid':'".length() + 20);
        send(HttpRequest.newBuilder(URI.create(session)).POST(HttpRequest.BodyPublishers.ofString("4a\u001e4b")));
        get(session);
        send(HttpRequest.newBuilder(URI.create(session)).POST(HttpRequest.BodyPublishers.ofString("1")));
        get(session);
    }

    private String get(String address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address)).GET());
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static final class Nowhere implements Transport {
        @Override
        public void write(List<Frame> frames, Completion completion) {
            frames.forEach(Frame::wire);
            completion.written();
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void terminate() {}
    }
}
