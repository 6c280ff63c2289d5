package dev.realtime.runner;

import dev.realtime.runner.settings.RunnerSettings;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** What the operator reads once at the start: mode, addresses, stores, and everything that is not safe. */
record StartReport(RunnerSettings settings, List<InetSocketAddress> addresses, String storage) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Realtime " + settings.server().version() + ", "
                + settings.mode().text());
        addresses.forEach(address -> lines.add("  listening  " + url(address)));
        settings.server()
                .tls()
                .ifPresent(files -> lines.add("  TLS        1.2 and 1.3, certificate " + files.certificates()));
        if (!settings.server().trustedProxies().isEmpty()) {
            lines.add("  proxies    " + settings.server().trustedProxies().size() + " trusted addresses or ranges");
        }
        lines.add("  storage    " + storage);
        lines.add("  cluster    none, this node is alone");
        settings.browserClient()
                .ifPresent(client -> lines.add("  client     /socket.io/socket.io.js, from " + client.folder()));
        lines.add("  login      "
                + (settings.auth().hasLogin() ? "/api/v1/auth/login" : "elsewhere, this server only verifies"));
        insecure().forEach(line -> lines.add("  insecure   " + line));
        settings.warnings().forEach(line -> lines.add("  warning    " + line));
        return lines;
    }

    private List<String> insecure() {
        List<String> lines = new ArrayList<>();
        if (!settings.mode().isProduction()) {
            lines.add("demo users can log in with a password that everybody knows");
        }
        if (!settings.mode().isProduction() && settings.server().tls().isEmpty()) {
            lines.add("no TLS: passwords and tokens cross the network as they are, unless a proxy stands before");
        }
        if (settings.rooms().open()) {
            lines.add("OPEN_ROOMS: every patient, provider and doctor may enter rooms that belong to no visit");
        }
        if (settings.server().origins().contains("*")) {
            lines.add("CORS_ORIGINS: pages of any origin may connect");
        }
        return lines;
    }

    private String url(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        String scheme = settings.server().tls().isPresent() ? "https://" : "http://";
        return scheme + (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":"
                + address.getPort();
    }
}
