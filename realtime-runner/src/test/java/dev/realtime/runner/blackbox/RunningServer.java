package dev.realtime.runner.blackbox;

import dev.realtime.runner.Server;
import dev.realtime.runner.settings.RunnerSettings;

/** A server in this JVM. Whatever it is asked goes through its port. */
final class RunningServer implements AutoCloseable {
    private final Server server;

    private RunningServer(Server server) {
        this.server = server;
    }

    static RunningServer start(Environment environment) {
        return new RunningServer(Server.start(RunnerSettings.read(environment.variables())));
    }

    int port() {
        return server.addresses().get(0).getPort();
    }

    Http http() {
        return new Http(port());
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.close();
    }
}
