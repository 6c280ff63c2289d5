package dev.realtime.runner.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.runner.tls.TestCertificate;
import dev.realtime.runner.tls.TlsFiles;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stock clients see of a server that speaks TLS itself. */
class TlsTest {
    @TempDir
    private static Path directory;

    private static RunningServer server;
    private static OkHttpClient trusting;
    private static Path authority;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "EC");
        TlsFiles files = certificate.writeTo(directory);
        authority = files.certificates();
        server = RunningServer.start(Environment.inMemory(directory)
                .with("TLS_CERT_FILE", files.certificates().toString())
                .with("TLS_KEY_FILE", files.key().toString()));
        trusting = new OkHttpClient.Builder()
                .sslSocketFactory(certificate.trusting().getSocketFactory(), trust(certificate))
                .build();
    }

    @AfterAll
    static void stop() {
        server.close();
        trusting.dispatcher().executorService().shutdown();
    }

    static List<String> clients() {
        return NodeScripts.CLIENTS;
    }

    @ParameterizedTest
    @MethodSource("clients")
    void stockJavaScriptClientsTalkOverEachTransport(String client) {
        NodeScripts.assumeAvailable();
        Map<String, Object> given = NodeScripts.given("https://localhost:" + server.port(), client);
        given.put("ca", authority.toString());
        NodeScripts.run("tls.mjs", given);
    }

    @ParameterizedTest
    @ValueSource(strings = {WebSocket.NAME, Polling.NAME})
    void aStockClientConnectsAndIsAnswered(String transport) throws Exception {
        IO.Options options = new IO.Options();
        options.auth = Map.of("token", Tokens.of("tls-user", "patient"));
        options.transports = new String[] {transport};
        options.forceNew = true;
        options.callFactory = trusting;
        options.webSocketFactory = trusting;
        Socket socket = IO.socket(URI.create("https://localhost:" + server.port()), options);
        CompletableFuture<Object> ack = new CompletableFuture<>();
        socket.on(Socket.EVENT_CONNECT_ERROR, error -> ack.completeExceptionally(new AssertionError(error[0])));
        socket.on(
                Socket.EVENT_CONNECT,
                connected -> socket.emit(
                        "room:join",
                        new Object[] {new JSONObject(Map.of("roomId", "test-room", "roomType", "chat"))},
                        (io.socket.client.Ack) answer -> ack.complete(answer[0])));
        socket.connect();
        try {
            assertThat(((JSONObject) ack.get(30, TimeUnit.SECONDS)).getBoolean("success"))
                    .isTrue();
        } finally {
            socket.disconnect();
        }
    }

    private static X509TrustManager trust(TestCertificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }
}
