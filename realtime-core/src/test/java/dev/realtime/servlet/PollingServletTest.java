package dev.realtime.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.engine.work.SystemTimers;
import dev.realtime.protocol.engineio.EngineIoAcceptor;
import dev.realtime.protocol.engineio.EngineIoSettings;
import dev.realtime.transport.Acceptor;
import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Connection;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Handshake;
import dev.realtime.transport.Refusal;
import dev.realtime.transport.Transport;
import dev.realtime.websocket.EndpointSettings;
import dev.realtime.websocket.RealtimeEndpoint;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servlet in a real container, beside the WebSocket endpoint at the same path. */
class PollingServletTest {
    private static final int LIMIT = 100_000;
    private static final String RS = "\u001e";

    private final SystemTimers timers = new SystemTimers();
    private final Echo echo = new Echo();
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        EngineIoSettings settings =
                new EngineIoSettings(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5), LIMIT);
        EngineIoAcceptor acceptor = new EngineIoAcceptor(settings, timers, echo);
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((types, servlets) -> mount(servlets, acceptor), null);
        tomcat.getConnector();
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        timers.close();
    }

    @Test
    void aSessionIsPolledAndPosted() throws Exception {
        HttpResponse<String> open = get("/socket.io/?EIO=4&transport=polling");
        assertThat(open.statusCode()).isEqualTo(200);
        assertThat(open.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).isEqualToIgnoringCase("text/plain;charset=UTF-8"));
        String session = session(open.body());
        String body = "4\u20ac" + RS + "bAQI=" + RS + "4" + "x".repeat(50_000);
        assertThat(post(session, body).body()).isEqualTo("ok");
        assertThat(get(session).body()).isEqualTo(body);
    }

    @Test
    void aHeldGetIsAnsweredFromAnotherThread() throws Exception {
        String session = open();
        CompletableFuture<HttpResponse<String>> held =
                http.sendAsync(request(session).GET().build(), BodyHandlers.ofString());
        assertThat(held).isNotDone();
        echo.lane().received(Frame.text("4later"));
        assertThat(held.get(20, TimeUnit.SECONDS).body()).isEqualTo("4later");
    }

    @Test
    void anAnswerLargerThanAnyBufferArrivesWhole() throws Exception {
        String session = open();
        String large = "4" + "y".repeat(3_000_000);
        echo.lane().received(Frame.text(large));
        assertThat(get(session).body()).isEqualTo(large);
    }

    @Test
    void aBodyAboveTheLimitIsRefusedByItsLengthAndByItsBytes() throws Exception {
        String large = "4" + "x".repeat(LIMIT);
        assertThat(post(open(), large).statusCode()).isEqualTo(413);
        assertThat(echo.end()).isEqualTo(CloseReason.TOO_LARGE);
        HttpRequest chunked = request(open())
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large)))
                .build();
        assertThat(http.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        assertThat(echo.end()).isEqualTo(CloseReason.TOO_LARGE);
        assertThat(post(open(), "4" + "x".repeat(LIMIT - 1)).body()).isEqualTo("ok");
    }

    @Test
    void otherMethodsAreTheProtocolsToAnswer() throws Exception {
        String session = open();
        assertThat(send(request(session).PUT(BodyPublishers.ofString("x"))).statusCode())
                .isEqualTo(400);
        assertThat(send(request(session).method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> preflight = send(request(session)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "http://localhost:" + port()));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .contains("GET, POST, DELETE, OPTIONS");
        assertThat(post(session, "4a").body()).isEqualTo("ok");
    }

    @Test
    void anEmptyPostIsRefused() throws Exception {
        assertThat(post(open(), "").statusCode()).isEqualTo(400);
        assertThat(echo.end()).isEqualTo(CloseReason.BAD_FRAME);
    }

    @Test
    void anAcceptorWithNothingButWebSocketSaysSo() throws Exception {
        HttpResponse<String> answer = get("/plain");
        assertThat(answer.statusCode()).isEqualTo(426);
        assertThat(answer.headers().firstValue("Upgrade")).contains("websocket");
    }

    @Test
    void aSessionGoesOverToTheEndpointBesideIt() throws Exception {
        String session = open();
        BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://localhost:" + port() + session.replace("polling", "websocket")),
                        new Listening(frames))
                .get(20, TimeUnit.SECONDS);
        say(socket, "2probe");
        assertThat(frames.poll(20, TimeUnit.SECONDS)).isEqualTo("3probe");
        assertThat(get(session).body()).isEqualTo("6");
        echo.lane().received(Frame.text("4waiting"));
        say(socket, "5");
        assertThat(frames.poll(20, TimeUnit.SECONDS)).isEqualTo("4waiting");
        say(socket, "4over");
        assertThat(frames.poll(20, TimeUnit.SECONDS)).isEqualTo("4over");
        assertThat(get(session).body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        socket.abort();
    }

    private void mount(ServletContext servlets, EngineIoAcceptor acceptor) {
        mount(servlets, "/socket.io/", acceptor);
        mount(servlets, "/plain", echo);
        ServerContainer webSockets = (ServerContainer) servlets.getAttribute(ServerContainer.class.getName());
        try {
            RealtimeEndpoint.mount(webSockets, "/socket.io/", acceptor, EndpointSettings.defaults());
        } catch (DeploymentException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static void mount(ServletContext servlets, String path, Acceptor acceptor) {
        ServletRegistration.Dynamic polling = servlets.addServlet("polling" + path, new PollingServlet(acceptor));
        polling.addMapping(path);
        polling.setAsyncSupported(true);
    }

    private static void say(WebSocket socket, String text) throws Exception {
        socket.sendText(text, true).get(20, TimeUnit.SECONDS);
    }

    private String open() throws Exception {
        return session(get("/socket.io/?EIO=4&transport=polling").body());
    }

    private static String session(String openPacket) {
        return "/socket.io/?EIO=4&transport=polling&sid="
                + openPacket.substring("0{\"sid\":\"".length()).substring(0, 20);
    }

    private HttpResponse<String> get(String target) throws Exception {
        return send(request(target).GET());
    }

    private HttpResponse<String> post(String target, String body) throws Exception {
        return send(request(target).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + target));
    }

    private int port() {
        return tomcat.getConnector().getLocalPort();
    }

    private record Listening(BlockingQueue<String> frames) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            frames.add(text.toString());
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Sends back what it hears; one write at a time. */
    private static final class Echo implements Acceptor {
        private final BlockingQueue<Lane> lanes = new LinkedBlockingQueue<>();
        private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();

        Lane lane() throws InterruptedException {
            return Optional.ofNullable(lanes.poll(20, TimeUnit.SECONDS)).orElseThrow();
        }

        CloseReason end() throws InterruptedException {
            return Optional.ofNullable(ends.poll(20, TimeUnit.SECONDS)).orElseThrow();
        }

        @Override
        public Optional<Refusal> refuse(Handshake handshake) {
            return Optional.empty();
        }

        @Override
        public Connection open(Handshake handshake, Transport transport) {
            Lane lane = new Lane(transport, ends);
            lanes.add(lane);
            return lane;
        }
    }

    private static final class Lane implements Connection, Transport.Completion {
        private final Transport transport;
        private final BlockingQueue<CloseReason> ends;
        private List<Frame> waiting = new ArrayList<>();
        private boolean isWriting;

        Lane(Transport transport, BlockingQueue<CloseReason> ends) {
            this.transport = transport;
            this.ends = ends;
        }

        @Override
        public void received(Frame frame) {
            synchronized (this) {
                waiting.add(frame);
                if (isWriting) {
                    return;
                }
                isWriting = true;
            }
            written();
        }

        @Override
        public void closed(CloseReason reason) {
            ends.add(reason);
        }

        @Override
        public void written() {
            List<Frame> next;
            synchronized (this) {
                next = waiting;
                waiting = new ArrayList<>();
                isWriting = !next.isEmpty();
            }
            if (!next.isEmpty()) {
                transport.write(next, this);
            }
        }

        @Override
        public void failed(Throwable cause) {}
    }
}
