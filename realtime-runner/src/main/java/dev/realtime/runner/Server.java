package dev.realtime.runner;

import dev.realtime.Realtime;
import dev.realtime.RealtimeBuilder;
import dev.realtime.auth.JwtAuthenticator;
import dev.realtime.protocol.plain.PlainProtocol;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.runner.account.DemoData;
import dev.realtime.runner.account.Passwords;
import dev.realtime.runner.server.Mount;
import dev.realtime.runner.server.Proxies;
import dev.realtime.runner.server.ServerSettings;
import dev.realtime.runner.server.WebServer;
import dev.realtime.runner.settings.RunnerSettings;
import dev.realtime.runner.storage.Storage;
import dev.realtime.runner.tls.TlsIdentity;
import dev.realtime.visit.Visit;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The running server: storage, node, pages and port, started and stopped in this order and its reverse. */
public final class Server implements AutoCloseable {
    private static final int MAX_BODY = 1_000_000;
    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_WAITING_PAGES = 10_000;
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final Storage storage;
    private final Realtime realtime;
    private final Pages pages;
    private final WebServer web;

    private Server(RunnerSettings settings, Storage storage, InstantSource time) {
        this.storage = storage;
        JwtAuthenticator authenticator = new JwtAuthenticator(settings.auth().jwt(), time);
        NodeSettings node = new NodeSettings(settings);
        RealtimeBuilder choices = Realtime.with(authenticator)
                .settings(node.realtime())
                .messages(storage.messages())
                .notifications(storage.notifications())
                .bindings(storage.bindings())
                .visits(storage.visits())
                .callRecords(storage.callRecords())
                .roomPolicy(node.roomPolicy());
        settings.nodeId().ifPresent(choices::nodeId);
        this.realtime = choices.start();
        this.pages = new Pages(settings, storage, authenticator, time);
        this.web =
                new WebServer(listening(settings), mounts(node), pages.root(), realtime.workers(), realtime.timers());
    }

    /** Opens the storage, seeds it in development, and begins to serve. */
    public static Server start(RunnerSettings settings) {
        InstantSource time = InstantSource.system();
        Storage storage = Storage.open(settings.database());
        try {
            if (!settings.mode().isProduction()) {
                seed(storage, time);
            }
            Server server = new Server(settings, storage, time);
            server.web.start();
            return server;
        } catch (RuntimeException refused) {
            storage.close();
            throw refused;
        }
    }

    /** Where it listens. */
    public List<InetSocketAddress> addresses() {
        return web.addresses();
    }

    /** What it keeps its data in. */
    public String storage() {
        return storage.description();
    }

    /** Stops in stages: not ready, clients leave, the port closes, the storage closes. */
    @Override
    public void close() {
        pages.drain();
        realtime.close();
        web.stop(LAST_WORDS);
        storage.close();
    }

    private List<Mount> mounts(NodeSettings node) {
        return List.of(
                new Mount("/socket.io/", realtime.accept(new SocketIoProtocol(node.socketIo())), List.of()),
                new Mount(
                        "/realtime",
                        realtime.accept(new PlainProtocol(node.plain())),
                        List.of(PlainProtocol.SUBPROTOCOL)));
    }

    private static void seed(Storage storage, InstantSource time) {
        DemoData.seed(storage.accounts(), new Passwords(Passwords.COST), time.instant());
        if (storage.visits().find(DemoVisit.ID).isEmpty()) {
            storage.put(new Visit(DemoVisit.ID, DemoData.PATIENT, DemoData.PROVIDER, time.instant()));
        }
    }

    private static ServerSettings listening(RunnerSettings settings) {
        return new ServerSettings(
                        settings.server().addresses().stream()
                                .map(address -> new InetSocketAddress(
                                        address, settings.server().port()))
                                .toList(),
                        settings.connections().maxPayloadBytes(),
                        MAX_BODY,
                        MAX_HEAD,
                        MAX_WAITING_PAGES)
                .behind(new Proxies(settings.server().trustedProxies()))
                .as(settings.server().tls().map(TlsIdentity::of));
    }
}
