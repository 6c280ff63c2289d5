package dev.realtime.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.Realtime;
import dev.realtime.testkit.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of Engine.IO over HTTP in any container with servlets. Subclasses start the container. */
public abstract class PollingContract {
    private static final String ROOM = "lobby";
    private static final int MOST = 1_000_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private Host host = new Host(0, () -> {});

    /** A host for {@code realtime} on any free port. */
    protected abstract Host start(Realtime realtime) throws Exception;

    @BeforeEach
    final void open() throws Exception {
        host = start(Nodes.start());
    }

    @AfterEach
    final void close() throws IOException {
        host.close();
    }

    @Test
    void stockClientsTalkWithoutWebSocket() throws Exception {
        try (StockClient ana = new StockClient(host.port(), "ana/patient", "polling");
                StockClient ben = new StockClient(host.port(), "ben/patient", "polling", "websocket")) {
            ana.join(ROOM);
            ben.join(ROOM);
            for (int i = 1; i <= 20; i++) {
                assertThat(ben.say(ROOM, "\u20ac" + i).getBoolean("success")).isTrue();
                assertThat(ana.say(ROOM, "x".repeat(i * 400)).getBoolean("success"))
                        .isTrue();
                assertThat(ana.next("message:new").getString("message")).isEqualTo("\u20ac" + i);
                assertThat(ben.next("message:new").getString("message")).hasSize(i * 400);
            }
        }
    }

    @Test
    void aSessionGoesOverToWebSocket() throws Exception {
        String session = connected("ana/patient");
        try (RawSocket socket = RawSocket.upgraded(host.port(), session.replace("polling", "websocket"))) {
            socket.text("2probe");
            assertThat(socket.receive().text()).isEqualTo("3probe");
            assertThat(get(session).body()).isEqualTo("6");
            socket.text("5");
            socket.text("420[\"room:join\",{\"roomId\":\"lobby\",\"roomType\":\"chat\"}]");
            assertThat(socket.receive().text()).startsWith("430[{\"success\":true");
        }
    }

    @Test
    void aHeldGetIsAnsweredWhenThereIsSomethingToSay() throws Exception {
        String session = connected("ana/patient");
        CompletableFuture<HttpResponse<String>> held =
                http.sendAsync(request(session).GET().build(), BodyHandlers.ofString());
        assertThat(held).isNotDone();
        post(session, BodyPublishers.ofString("420[\"room:join\",{\"roomId\":\"lobby\",\"roomType\":\"chat\"}]"));
        assertThat(held.get(20, TimeUnit.SECONDS).body()).startsWith("430[{\"success\":true");
    }

    @Test
    void aBodyIsTakenUpToTheLimit() throws Exception {
        String join = "42[\"room:join\",{\"roomId\":\"lobby\",\"roomType\":\"chat\"}]";
        String largest = join + " ".repeat(MOST - join.length());
        assertThat(post(connected("ana/patient"), BodyPublishers.ofString(largest))
                        .body())
                .isEqualTo("ok");
        assertThat(post(connected("ben/patient"), BodyPublishers.ofString(largest + " "))
                        .statusCode())
                .isEqualTo(413);
        BodyPublisher chunked = BodyPublishers.fromPublisher(BodyPublishers.ofString(largest + " "));
        assertThat(post(connected("cat/patient"), chunked).statusCode()).isEqualTo(413);
    }

    @Test
    void aStopEndsWhatIsHeld() throws Exception {
        String session = connected("ana/patient");
        CompletableFuture<HttpResponse<String>> held =
                http.sendAsync(request(session).GET().build(), BodyHandlers.ofString());
        host.close();
        assertThat(held.get(20, TimeUnit.SECONDS).body()).contains("server:shutdown");
    }

    /** The target of a session that is greeted. */
    private String connected(String token) throws Exception {
        String open = get("/socket.io/?EIO=4&transport=polling").body();
        String session = "/socket.io/?EIO=4&transport=polling&sid="
                + open.substring("0{\"sid\":\"".length()).substring(0, 20);
        assertThat(post(session, BodyPublishers.ofString("40{\"token\":\"" + token + "\"}"))
                        .body())
                .isEqualTo("ok");
        String greeting = get(session).body();
        while (!greeting.contains("[\"connected\"")) {
            greeting = get(session).body();
        }
        return session;
    }

    private HttpResponse<String> get(String target) throws Exception {
        return http.send(request(target).GET().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String target, BodyPublisher body) throws Exception {
        return http.send(request(target).POST(body).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + target))
                .timeout(Duration.ofSeconds(40));
    }
}
