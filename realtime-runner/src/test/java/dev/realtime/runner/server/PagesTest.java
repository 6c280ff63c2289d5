package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.runner.http.Request;
import dev.realtime.runner.http.Response;
import dev.realtime.testkit.RawSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> threads = new LinkedBlockingQueue<>();

    private Response page(Request request) {
        asked.add(request);
        threads.add(Thread.currentThread().getName());
        if (request.path().equals("/fails")) {
            throw new IllegalStateException("a secret of the page");
        }
        return Response.json(200, "{\"body\":\"" + request.body() + "\"}").with("X-Page", request.path());
    }

    @Test
    void twoRequestsShareAConnection() throws Exception {
        try (Running running = new Running(this::page);
                RawSocket client = new RawSocket(running.port())) {
            RawSocket.Answer first = client.exchange("GET /a?x=1&x=2 HTTP/1.1\r\nHost: a\r\nCookie: c=d\r\n\r\n");
            RawSocket.Answer second = client.exchange("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhallo");
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.headers())
                    .containsEntry("x-page", "/a")
                    .containsEntry("content-type", "application/json; charset=utf-8")
                    .doesNotContainKey("server");
            assertThat(second.body()).isEqualTo("{\"body\":\"hallo\"}");
            Request request = asked.take();
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.query()).containsEntry("x", "2");
            assertThat(request.header("Cookie")).contains("c=d");
            assertThat(request.remoteAddress()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void pagesRunOnTheExecutorHandedIn() throws Exception {
        try (Running running = new Running(this::page);
                RawSocket client = new RawSocket(running.port())) {
            client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(threads.take()).isEqualTo("test-page");
        }
    }

    @Test
    void headAndUnknownMethodsReachThePage() throws Exception {
        try (Running running = new Running(this::page);
                RawSocket client = new RawSocket(running.port())) {
            client.send("HEAD /h HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            RawSocket.Answer head = client.answerWithoutBody();
            assertThat(head.headers()).containsEntry("content-length", "11").containsEntry("x-page", "/h");
            assertThat(client.exchange("BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n").headers())
                    .containsEntry("x-page", "/pot");
            assertThat(client.exchange("TRACE /t HTTP/1.1\r\nHost: a\r\n\r\n").headers())
                    .containsEntry("x-page", "/t");
            assertThat(client.exchange("DELETE /d HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")
                            .body())
                    .isEqualTo("{\"body\":\"hi\"}");
        }
    }

    @Test
    void whatHasNoContentHasNoLength() throws Exception {
        try (Running running = new Running(
                        request -> new Response(Integer.parseInt(request.path().substring(1)), Map.of(), new byte[0]));
                RawSocket client = new RawSocket(running.port())) {
            for (int status : new int[] {204, 304, 204}) {
                client.send(("GET /" + status + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.UTF_8));
                RawSocket.Answer answer = client.answerWithoutBody();
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.headers()).doesNotContainKeys("content-length", "transfer-encoding");
            }
        }
    }

    @Test
    void whoOffersHttp2IsAnsweredAsOrdinary() throws Exception {
        String offer = """
                 HTTP/1.1\r
                Host: a\r
                Connection: Upgrade, HTTP2-Settings\r
                Upgrade: h2c\r
                HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA\r
                """;
        try (Running running = new Running(this::page)) {
            try (RawSocket client = new RawSocket(running.port())) {
                assertThat(client.exchange("GET /get" + offer + "\r\n").headers())
                        .containsEntry("x-page", "/get");
                RawSocket.Answer answer = client.exchange("POST /post" + offer + "Content-Length: 2\r\n\r\nhi");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("{\"body\":\"hi\"}");
            }
        }
    }

    @Test
    void theClientOfTheJdkIsServedAsItComes() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        try (Running running = new Running(this::page)) {
            URI address = URI.create("http://127.0.0.1:" + running.port() + "/x");
            for (int i = 0; i < 3; i++) {
                HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20));
                assertThat(client.send(request.GET().build(), BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
                assertThat(client.send(
                                        request.POST(BodyPublishers.ofString("hi"))
                                                .build(),
                                        BodyHandlers.ofString())
                                .body())
                        .isEqualTo("{\"body\":\"hi\"}");
            }
        }
    }

    @Test
    void aBodyInChunksAndOneOfTheLimitAreReadWhole() throws Exception {
        try (Running running = new Running(this::page);
                RawSocket client = new RawSocket(running.port())) {
            RawSocket.Answer chunked = client.exchange(chunked("abc", "de"));
            assertThat(chunked.body()).isEqualTo("{\"body\":\"abcde\"}");
            String large = "y".repeat(Running.LIMIT);
            RawSocket.Answer answer = client.exchange(
                    "POST /l HTTP/1.1\r\nHost: a\r\nContent-Length: " + large.length() + "\r\n\r\n" + large);
            assertThat(answer.body()).hasSize(Running.LIMIT + 11);
        }
    }

    @Test
    void aBodyAboveTheLimitIsRefusedWithoutThePage() throws Exception {
        try (Running running = new Running(this::page);
                RawSocket announced = new RawSocket(running.port());
                RawSocket chunked = new RawSocket(running.port())) {
            int above = Running.LIMIT + 1;
            RawSocket.Answer early =
                    announced.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + above + "\r\n\r\n");
            assertThat(early.status()).isEqualTo(413);
            RawSocket.Answer late = chunked.exchange(chunked("z".repeat(above)));
            assertThat(late.status()).isEqualTo(413);
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void aFailingPageAnswersWithoutDetails() throws Exception {
        try (Running running = new Running(this::page);
                RawSocket client = new RawSocket(running.port());
                RawSocket next = new RawSocket(running.port())) {
            RawSocket.Answer answer = client.exchange("GET /fails HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body())
                    .isEqualTo("{\"error\":\"Internal server error\",\"code\":\"internal\"}")
                    .doesNotContain("secret");
            assertThat(next.exchange("GET /next HTTP/1.1\r\nHost: a\r\n\r\n").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void requestsBeyondTheBoundAreBusyAndWebSocketsGoOn() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Running running = new Running(request -> waiting(request, release), 1);
                RawSocket first = new RawSocket(running.port());
                RawSocket second = new RawSocket(running.port());
                RawSocket third = new RawSocket(running.port())) {
            first.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            asked.take();
            RawSocket.Answer busy = second.exchange("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(busy.status()).isEqualTo(503);
            assertThat(busy.headers()).containsEntry("retry-after", "1");
            try (RawSocket socket = running.connected()) {
                socket.text("meanwhile");
                assertThat(socket.nextFrame().text()).isEqualTo("meanwhile");
            }
            release.countDown();
            assertThat(first.answer().status()).isEqualTo(200);
            assertThat(third.exchange("GET /again HTTP/1.1\r\nHost: a\r\n\r\n").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void clientsThatDoNotReadTheirAnswerHoldNoThread() throws Exception {
        byte[] large = new byte[20_000_000];
        Response small = Response.json(200, "{}");
        try (Running running = new Running(
                        request -> request.path().equals("/large") ? new Response(200, Map.of(), large) : small);
                RawSocket reading = new RawSocket(running.port())) {
            List<RawSocket> deaf = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                RawSocket client = new RawSocket(running.port(), 4_096);
                deaf.add(client);
                client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(reading.exchange("GET /small HTTP/1.1\r\nHost: a\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            assertThat(deaf.get(0).answer().body()).hasSize(large.length);
            for (RawSocket client : deaf) {
                client.close();
            }
        }
    }

    @Test
    void aPageAndAWebSocketShareAPath() throws Exception {
        try (Running running = new Running(this::page);
                RawSocket http = new RawSocket(running.port());
                RawSocket socket = running.connected()) {
            assertThat(http.exchange("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n")
                            .headers())
                    .containsEntry("x-page", "/socket.io/");
            socket.text("both");
            assertThat(socket.nextFrame().text()).isEqualTo("both");
        }
    }

    @Test
    void aHeadOfTwelveKilobytesIsReadAndOneOfTwentyRefused() throws Exception {
        try (Running running = new Running(this::page);
                RawSocket client = new RawSocket(running.port());
                RawSocket other = new RawSocket(running.port())) {
            String long12 = "Authorization: Bearer " + "t".repeat(12_000);
            assertThat(client.exchange("GET / HTTP/1.1\r\nHost: a\r\n" + long12 + "\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            String long20 = "Authorization: Bearer " + "t".repeat(20_000);
            assertThat(other.exchange("GET / HTTP/1.1\r\nHost: a\r\n" + long20 + "\r\n\r\n")
                            .status())
                    .isBetween(400, 499);
        }
    }

    private static String chunked(String... chunks) {
        StringBuilder request = new StringBuilder("POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (String chunk : chunks) {
            request.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return request.append("0\r\n\r\n").toString();
    }

    private Response waiting(Request request, CountDownLatch release) {
        asked.add(request);
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Response.json(200, "{}");
    }
}
