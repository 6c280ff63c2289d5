package dev.realtime.runner.settings;

import dev.realtime.runner.http.AddressRange;
import dev.realtime.runner.tls.TlsFiles;
import dev.realtime.transport.OriginPolicy;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where and as what the server is reached.
 *
 * @param port the port to listen on; 0 for any that is free
 * @param addresses the addresses to listen on
 * @param version what health and version pages call this build
 * @param logLevel {@code trace}, {@code debug}, {@code info}, {@code warn}, {@code error} or {@code off}
 * @param dataDirectory for the database file and the generated secret; it need not exist yet
 * @param origins the origins that browsers may come from
 * @param trustedProxies the peers whose {@code X-Forwarded-For} and {@code X-Forwarded-Host} are believed
 * @param tls the certificate and key, where the server speaks TLS itself; they were fit when this was read
 */
public record ServerSettings(
        int port,
        List<InetAddress> addresses,
        String version,
        String logLevel,
        Path dataDirectory,
        List<String> origins,
        List<AddressRange> trustedProxies,
        Optional<TlsFiles> tls) {

    private static final List<String> DEVELOPMENT_ORIGINS =
            List.of("http://localhost:3000", "http://localhost:3001", "http://localhost:3002", "null");
    private static final Pattern ORIGIN = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s?#@]+");

    /** Copies the lists. */
    public ServerSettings {
        addresses = List.copyOf(addresses);
        origins = List.copyOf(origins);
        trustedProxies = List.copyOf(trustedProxies);
    }

    static Optional<ServerSettings> read(Variables variables, Mode mode) {
        int port = variables.number("PORT", 8080, 0, 65_535);
        List<InetAddress> addresses = addresses(variables, mode);
        String version = variables.text("API_VERSION", builtVersion());
        String logLevel = variables.choice("LOG_LEVEL", logLevels(), "info");
        List<String> origins = origins(variables, mode);
        List<AddressRange> proxies = trustedProxies(variables);
        Optional<TlsFiles> tls = TlsVariables.read(variables);
        return dataDirectory(variables)
                .map(path -> new ServerSettings(port, addresses, version, logLevel, path, origins, proxies, tls));
    }

    static Optional<Path> dataDirectory(Variables variables) {
        try {
            return Optional.of(Path.of(variables.text("DATA_DIR", "./data"))
                    .toAbsolutePath()
                    .normalize());
        } catch (InvalidPathException unreadable) {
            variables.problem("DATA_DIR", "it is not a path", "a directory, which is made when it is missing");
            return Optional.empty();
        }
    }

    private static List<InetAddress> addresses(Variables variables, Mode mode) {
        Optional<List<String>> names = variables.list("HOST");
        if (names.isEmpty()) {
            return mode.isProduction() ? List.of(Addresses.EVERY) : Addresses.LOOPBACKS;
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String name : names.get()) {
            List<InetAddress> found = Addresses.toListenOn(name);
            if (found.isEmpty()) {
                variables.problem("HOST", Variables.shown(name) + " is unknown", "addresses or names of this machine");
            }
            addresses.addAll(found);
        }
        return addresses;
    }

    private static List<AddressRange> trustedProxies(Variables variables) {
        List<AddressRange> proxies = new ArrayList<>();
        for (String name : variables.list("TRUSTED_PROXIES").orElse(List.of())) {
            Optional<AddressRange> range = AddressRange.parse(name);
            if (range.isEmpty()) {
                variables.problem(
                        "TRUSTED_PROXIES",
                        Variables.shown(name) + " is no address",
                        "IPv4 and IPv6 addresses, and ranges such as 10.0.0.0/8");
            }
            range.ifPresent(proxies::add);
        }
        return proxies;
    }

    private static List<String> origins(Variables variables, Mode mode) {
        String accepted = "a comma separated list such as https://app.example,https://admin.example:8443";
        Optional<List<String>> listed = variables.list("CORS_ORIGINS");
        if (listed.isEmpty() && mode.isProduction()) {
            variables.problem("CORS_ORIGINS", "it is required in production", accepted);
        }
        for (String origin : listed.orElse(List.of())) {
            if (origin.equals(OriginPolicy.ANY) && mode.isProduction()) {
                variables.problem("CORS_ORIGINS", "* is refused in production", accepted);
            } else if (!origin.equals(OriginPolicy.ANY)
                    && !origin.equals("null")
                    && !ORIGIN.matcher(origin).matches()) {
                variables.problem("CORS_ORIGINS", Variables.shown(origin) + " is no origin", accepted);
            }
        }
        return listed.orElse(DEVELOPMENT_ORIGINS);
    }

    private static Map<String, String> logLevels() {
        Map<String, String> levels = new LinkedHashMap<>();
        for (String level : List.of("trace", "debug", "info", "warn", "error", "off")) {
            levels.put(level, level);
        }
        return levels;
    }

    private static String builtVersion() {
        return Optional.ofNullable(ServerSettings.class.getPackage().getImplementationVersion())
                .orElse("unreleased");
    }
}
