package dev.realtime.runner.conformance;

import dev.realtime.protocol.engineio.EngineIoAcceptor;
import dev.realtime.protocol.engineio.EngineIoSettings;
import dev.realtime.protocol.socketio.SocketIoProtocol;
import dev.realtime.protocol.socketio.SocketIoSettings;
import dev.realtime.runner.http.Response;
import dev.realtime.runner.server.ContainerLog;
import dev.realtime.runner.server.Mount;
import dev.realtime.runner.server.ServerSettings;
import dev.realtime.runner.server.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Serves what the public suites of Engine.IO 4 and Socket.IO 5 expect: a raw echo at {@code /engine.io/} and a small
 * application at {@code /socket.io/}, straight on the protocols. The only argument is the port.
 */
public final class Conformance {
    private static final EngineIoSettings ENGINE_IO =
            new EngineIoSettings(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofSeconds(10), 1_000_000);

    private Conformance() {}

    /** Listens on the loopback addresses until the process is stopped. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ContainerLog.install();
        WebServer server = server(Integer.parseInt(arguments[0]), ENGINE_IO);
        server.start();
        WarmUp.run(server.addresses().get(0).getPort());
        System.out.println("listening on " + server.addresses());
    }

    /** The server, not started; with port 0 on a free one. */
    public static WebServer server(int port, EngineIoSettings engineIo) throws UnknownHostException {
        RealTime timers = new RealTime();
        EngineIoAcceptor echo = new EngineIoAcceptor(engineIo, timers, new Echo());
        SocketIoProtocol socketIo = new SocketIoProtocol(new SocketIoSettings(engineIo));
        return new WebServer(
                ServerSettings.on(Arrays.stream(InetAddress.getAllByName("localhost"))
                        .map(address -> new InetSocketAddress(address, port))
                        .toArray(InetSocketAddress[]::new)),
                List.of(
                        new Mount("/engine.io/", echo, List.of()),
                        new Mount(
                                "/socket.io/",
                                socketIo.beneath(new SampleApplication(socketIo, timers), timers),
                                List.of())),
                request -> new Response(404, Map.of(), new byte[0]),
                Runnable::run,
                timers);
    }
}
