package dev.realtime.runner.blackbox;

import dev.realtime.runner.blackbox.Http.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** An Engine.IO session that is polled, whose requests the test makes itself. For one thread. */
final class PollingClient {
    /** Less than a session that nobody polls any more is kept for. */
    private static final Duration SOON = Duration.ofSeconds(4);

    /** Between the packets of one body. */
    static final String SEPARATOR = "\u001e";

    private static final String PATH = "/socket.io/?EIO=4&transport=polling";

    private final Http http;
    private final String sid;
    private final List<String> heard = new ArrayList<>();

    private PollingClient(Http http, String sid) {
        this.http = http;
        this.sid = sid;
    }

    /** A session without a namespace. */
    static PollingClient open(int port, String... headers) {
        Http http = new Http(port);
        Answer answer = http.get(PATH, headers);
        if (answer.status() != 200) {
            throw new IllegalStateException("cannot begin to poll: " + answer.status() + " " + answer.body());
        }
        return new PollingClient(
                http, Http.parse(answer.body().substring(1)).path("sid").textValue());
    }

    /** A session in the main namespace, greeted. */
    static PollingClient connected(int port, String token) {
        PollingClient client = open(port);
        client.post("40" + Http.text(Map.of("token", token)));
        client.await("42[\"connected\"");
        return client;
    }

    String sid() {
        return sid;
    }

    String path() {
        return PATH + "&sid=" + sid;
    }

    Answer get(String... headers) {
        return http.get(path(), headers);
    }

    CompletableFuture<Answer> getLater() {
        return http.getLater(path());
    }

    Answer post(String body, String... headers) {
        return http.ask("POST", path(), body, headers);
    }

    Answer ask(String method) {
        return http.ask(method, path(), "");
    }

    /** Polls until a packet begins so. */
    String await(String beginning) {
        while (true) {
            for (String packet : heard) {
                if (packet.startsWith(beginning)) {
                    return packet;
                }
            }
            listen();
        }
    }

    /** Polls once. */
    void listen() {
        Answer answer = get();
        if (answer.status() != 200) {
            throw new AssertionError("heard no more than " + heard + ", then " + answer.status());
        }
        heard.addAll(Arrays.asList(answer.body().split(SEPARATOR, -1)));
    }

    /** All packets that it has listened to. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    /** Whether the server still knows it; for that it asks something that is answered at once. */
    boolean isAlive() {
        return ask("PUT").body().contains("\"code\":3");
    }

    /** Waits until the server has forgotten the session, which it does a moment after it has said so. */
    void awaitEnd() {
        Awaitility.await().atMost(SOON).until(() -> !isAlive());
    }
}
