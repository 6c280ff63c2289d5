package dev.realtime.runner.server;

import dev.realtime.runner.http.Page;
import dev.realtime.runner.http.Response;
import dev.realtime.testkit.RawSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A server on a free loopback port with an echo at {@code /socket.io/} and {@code /realtime}. */
final class Running implements AutoCloseable {
    static final int LIMIT = 1_000_000;

    final Echo echo = new Echo();
    final HandMovedTimers timers = new HandMovedTimers();
    final ExecutorService pages = Executors.newFixedThreadPool(4, work -> new Thread(work, "test-page"));
    final WebServer server;

    Running() {
        this(request -> Response.json(200, "{\"page\":\"" + request.path() + "\"}"));
    }

    Running(Page root) {
        this(root, 100);
    }

    Running(Page root, int maxWaitingPages) {
        this(root, maxWaitingPages, settings -> settings);
    }

    /** With other settings; its pages tell where the request comes from. */
    static Running with(UnaryOperator<ServerSettings> change) {
        return new Running(
                request -> Response.json(200, "{\"from\":\"" + request.remoteAddress() + "\"}"), 100, change);
    }

    /** With other settings and this page. */
    static Running with(Page root, UnaryOperator<ServerSettings> change) {
        return new Running(root, 100, change);
    }

    private Running(Page root, int maxWaitingPages, UnaryOperator<ServerSettings> change) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ServerSettings settings = change.apply(new ServerSettings(List.of(any), LIMIT, LIMIT, 16_384, maxWaitingPages));
        List<Mount> mounts = List.of(
                new Mount("/socket.io/", echo, List.of()), new Mount("/realtime", echo, List.of("realtime.v1.json")));
        server = new WebServer(settings, mounts, root, pages, timers);
        server.start();
    }

    int port() {
        return server.addresses().get(0).getPort();
    }

    RawSocket connected() throws Exception {
        return RawSocket.upgraded(port(), "/socket.io/?EIO=4");
    }

    @Override
    public void close() {
        server.stop();
        pages.shutdownNow();
    }
}
