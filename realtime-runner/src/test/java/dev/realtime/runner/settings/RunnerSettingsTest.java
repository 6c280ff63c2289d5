package dev.realtime.runner.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.runner.http.AddressRange;
import dev.realtime.runner.settings.DatabaseSettings.Jdbc;
import dev.realtime.runner.settings.DatabaseSettings.Product;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunnerSettingsTest {
    private static final String SECRET = "a secret that has thirty-two bytes!";

    @TempDir
    private Path directory;

    @Test
    void aNodeMayHaveAName() {
        assertThat(read(Map.of("NODE_ID", "node-7")).nodeId()).contains("node-7");
    }

    @Test
    void nothingNeedsToBeSet() throws Exception {
        RunnerSettings settings = read(Map.of());
        assertThat(settings.mode()).isEqualTo(Mode.DEVELOPMENT);
        assertThat(settings.nodeId()).isEmpty();
        assertThat(settings.server())
                .isEqualTo(new ServerSettings(
                        8080,
                        List.of(address("127.0.0.1"), address("::1")),
                        "unreleased",
                        "info",
                        directory,
                        List.of("http://localhost:3000", "http://localhost:3001", "http://localhost:3002", "null"),
                        List.of(),
                        Optional.empty()));
        assertThat(settings.auth().jwt().key().algorithm()).isEqualTo("HS256");
        assertThat(settings.auth().jwt().issuer()).isEmpty();
        assertThat(settings.auth().jwt().audience()).isEmpty();
        assertThat(settings.auth().jwt().clockSkew()).isZero();
        assertThat(settings.auth().jwt().acceptsCookie()).isFalse();
        assertThat(settings.auth().accessExpiry()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.auth().refreshExpiry()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.auth().hasLogin()).isTrue();
        assertThat(settings.database())
                .isEqualTo(new Jdbc(
                        Product.H2,
                        "jdbc:h2:file:" + directory + "/realtime;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                        Optional.of("sa"),
                        Optional.of(""),
                        10,
                        List.of()));
        assertThat(settings.connections())
                .isEqualTo(new ConnectionSettings(
                        Duration.ofSeconds(25),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(45),
                        1_000_000,
                        List.of("/api/v1", "/api"),
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(5),
                        Duration.ZERO,
                        Duration.ofSeconds(120)));
        assertThat(settings.limits()).isEqualTo(new LimitSettings(1_048_576, 100_000, 50, 100));
        assertThat(settings.rates()).isEqualTo(new RateSettings(50, 100, 20, 40, 10, 20, 40, 100));
        assertThat(settings.rooms()).isEqualTo(new RoomSettings(true, Duration.ofSeconds(5)));
        assertThat(settings.calls())
                .isEqualTo(new CallSettings(
                        false,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(15),
                        List.of("stun:stun.l.google.com:19302"),
                        List.of(),
                        Optional.empty(),
                        Duration.ofMinutes(10)));
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void emptyCountsAsNotSet() {
        assertThat(read(Map.of("PORT", "", "JWT_SECRET", "", "OPEN_ROOMS", " ", "REDIS_HOST", "", "HOST", "")))
                .usingRecursiveComparison()
                .ignoringFields("auth")
                .isEqualTo(read(Map.of()));
    }

    @Test
    void everythingCanBeSet() throws Exception {
        RunnerSettings settings = read(Map.ofEntries(
                Map.entry("REALTIME_ENV", "production"),
                Map.entry("PORT", "0"),
                Map.entry("HOST", "localhost, 10.1.2.3"),
                Map.entry("API_VERSION", "2.1"),
                Map.entry("LOG_LEVEL", "WARN"),
                Map.entry("CORS_ORIGINS", "https://a.example , http://b.example:81,"),
                Map.entry("TRUSTED_PROXIES", "10.0.0.1,fd00::/8"),
                Map.entry("JWT_SECRET", SECRET),
                Map.entry("JWT_ISSUER", "https://id"),
                Map.entry("JWT_AUDIENCE", "chat"),
                Map.entry("JWT_CLOCK_SKEW_SECONDS", "30"),
                Map.entry("JWT_EXPIRY", "15m"),
                Map.entry("REFRESH_TOKEN_EXPIRY", "90"),
                Map.entry("AUTH_ENDPOINTS", "false"),
                Map.entry("AUTH_COOKIE", "true"),
                Map.entry("DATABASE_URL", "postgresql://app:pw@db/chat"),
                Map.entry("DATABASE_USER", "other"),
                Map.entry("DATABASE_PASSWORD", " secret "),
                Map.entry("DATABASE_POOL_SIZE", "3"),
                Map.entry("PING_INTERVAL_MS", "1000"),
                Map.entry("PING_TIMEOUT_MS", "2000"),
                Map.entry("CONNECT_TIMEOUT_MS", "3000"),
                Map.entry("MAX_PAYLOAD_BYTES", "4000"),
                Map.entry("NAMESPACE_ALIASES", "/, /chat"),
                Map.entry("DRAIN_TIMEOUT_MS", "0"),
                Map.entry("OUTBOUND_QUEUE_BYTES", "50000"),
                Map.entry("MAX_CONNECTIONS", "6"),
                Map.entry("MAX_CONNECTIONS_PER_USER", "7"),
                Map.entry("MAX_ROOMS_PER_SESSION", "8"),
                Map.entry("RATE_EVENTS_PER_SECOND", "0"),
                Map.entry("RATE_EVENTS_BURST", "10"),
                Map.entry("RATE_MESSAGES_PER_SECOND", "11"),
                Map.entry("RATE_MESSAGES_BURST", "12"),
                Map.entry("RATE_CALLS_PER_MINUTE", "13"),
                Map.entry("RATE_CONNECTS_PER_SECOND", "14"),
                Map.entry("RATE_CONNECTS_BURST", "15"),
                Map.entry("RATE_LIMIT_MAX", "16"),
                Map.entry("OPEN_ROOMS", "true"),
                Map.entry("REAP_TIMEOUT_MS", "4000"),
                Map.entry("IDLE_TIMEOUT_MS", "18"),
                Map.entry("RECOVERY_WINDOW_MS", "9000"),
                Map.entry("PRESENCE_GRACE_MS", "17"),
                Map.entry("CALL_BUSY_POLICY", "refuse"),
                Map.entry("CALL_RING_TIMEOUT_MS", "2000"),
                Map.entry("CALL_DISCONNECT_GRACE_MS", "20"),
                Map.entry("STUN_URLS", "stun:a:1, stuns:b"),
                Map.entry("TURN_URLS", "turn:a:1?transport=tcp,turns:[::1]:5349"),
                Map.entry("TURN_SECRET", " north "),
                Map.entry("TURN_TTL_SECONDS", "21")));
        assertThat(settings.mode().isProduction()).isTrue();
        assertThat(settings.server())
                .isEqualTo(new ServerSettings(
                        0,
                        List.of(address("127.0.0.1"), address("::1"), address("10.1.2.3")),
                        "2.1",
                        "warn",
                        directory,
                        List.of("https://a.example", "http://b.example:81"),
                        List.of(range("10.0.0.1/32"), range("fd00::/8")),
                        Optional.empty()));
        assertThat(settings.auth().jwt().issuer()).contains("https://id");
        assertThat(settings.auth().jwt().audience()).contains("chat");
        assertThat(settings.auth().jwt().clockSkew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.auth().jwt().acceptsCookie()).isTrue();
        assertThat(settings.auth().accessExpiry()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.auth().refreshExpiry()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.auth().hasLogin()).isFalse();
        assertThat(settings.auth().signing().orElseThrow().bytes()).asString().isEqualTo(SECRET);
        assertThat(settings.database())
                .isEqualTo(new Jdbc(
                        Product.POSTGRESQL,
                        "jdbc:postgresql://db/chat",
                        Optional.of("other"),
                        Optional.of(" secret "),
                        3,
                        List.of()));
        assertThat(settings.connections())
                .isEqualTo(new ConnectionSettings(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        4000,
                        List.of("/chat"),
                        Duration.ZERO,
                        Duration.ofSeconds(4),
                        Duration.ofMillis(18),
                        Duration.ofSeconds(9)));
        assertThat(settings.limits()).isEqualTo(new LimitSettings(50_000, 6, 7, 8));
        assertThat(settings.rates()).isEqualTo(new RateSettings(0, 10, 11, 12, 13, 14, 15, 16));
        assertThat(settings.rooms()).isEqualTo(new RoomSettings(true, Duration.ofMillis(17)));
        assertThat(settings.calls().refusesBusy()).isTrue();
        assertThat(settings.calls().ringTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.calls().disconnectGrace()).isEqualTo(Duration.ofMillis(20));
        assertThat(settings.calls().stunUrls()).containsExactly("stun:a:1", "stuns:b");
        assertThat(settings.calls().turnUrls()).containsExactly("turn:a:1?transport=tcp", "turns:[::1]:5349");
        assertThat(settings.calls().turnSecret().map(Secret::text)).contains(" north ");
        assertThat(settings.calls().turnTimeToLive()).isEqualTo(Duration.ofSeconds(21));
        assertThat(settings.toString()).doesNotContain("north");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void productionDemandsSecretAndOriginsAndReportsBoth() throws IOException {
        assertThat(problems(Map.of("NODE_ENV", "production")))
                .containsExactly(
                        "CORS_ORIGINS: it is required in production; accepted: a comma separated list such as"
                                + " https://app.example,https://admin.example:8443",
                        "JWT_SECRET: it is required in production with HS256; accepted: at least 32 bytes");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void productionIsClosedAndListensEverywhere() throws Exception {
        RunnerSettings settings = read(production(Map.of()));
        assertThat(settings.rooms().open()).isFalse();
        assertThat(settings.server().addresses()).containsExactly(address("0.0.0.0"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void productionRefusesEveryOriginAtOnce() {
        assertThat(problems(production(Map.of("CORS_ORIGINS", "https://a.example,*"))))
                .singleElement()
                .asString()
                .startsWith("CORS_ORIGINS: * is refused in production;");
        assertThat(read(Map.of("CORS_ORIGINS", "*")).server().origins()).containsExactly("*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT|abc|\"abc\" is not a number in range; accepted: a whole number from 0 to 65535",
                "PORT|65536|\"65536\" is out of range; accepted: a whole number from 0 to 65535",
                "PORT|-1|\"-1\" is out of range; accepted: a whole number from 0 to 65535",
                "LOG_LEVEL|loud|\"loud\" is none of the choices; accepted: trace, debug, info, warn, error, off",
                "AUTH_COOKIE|yes|\"yes\" is none of the choices; accepted: true, false",
                "JWT_ALGORITHM|HS512|\"HS512\" is none of the choices; accepted: HS256, RS256, ES256",
                "JWT_EXPIRY|1w|\"1w\" is not a duration; accepted: 30s, 15m, 1h, 7d or seconds; at most 3650d",
                "JWT_EXPIRY|0|\"0\" is not a duration; accepted: 30s, 15m, 1h, 7d or seconds; at most 3650d",
                "JWT_EXPIRY|99999999d|\"99999999d\" is not a duration;"
                        + " accepted: 30s, 15m, 1h, 7d or seconds; at most 3650d",
                "JWT_SECRET|short|it has 5 bytes; accepted: at least 32 bytes",
                "CORS_ORIGINS|https://a.example/|\"https://a.example/\" is no origin;"
                        + " accepted: a comma separated list such as https://app.example,https://admin.example:8443",
                "TRUSTED_PROXIES|proxy.local|\"proxy.local\" is no address; accepted: IPv4 and IPv6 addresses, and ranges such as 10.0.0.0/8",
                "TRUSTED_PROXIES|10.0.0.256|\"10.0.0.256\" is no address; accepted: IPv4 and IPv6 addresses, and ranges such as 10.0.0.0/8",
                "NAMESPACE_ALIASES|chat|\"chat\" is no namespace; accepted: names such as /api/v1,/api",
                "CALL_BUSY_POLICY|never|\"never\" is none of the choices; accepted: ring, refuse",
                "STUN_URLS|http://a|\"http://a\" is no such address;"
                        + " accepted: a comma separated list such as stun:stun.example.org:3478",
                "TURN_URLS|stun:a|\"stun:a\" is no such address;"
                        + " accepted: a comma separated list such as turn:turn.example.org:3478",
                "DATABASE_URL|mysql://u:topsecret@h/d|it has a form that is not known; accepted:"
                        + " postgresql://user:password@host:5432/name, jdbc:postgresql:..., jdbc:h2:... or memory:",
                "DATABASE_URL|postgresql://u:%zz@h/d|its user or password is not percent-encoded; accepted:"
                        + " postgresql://user:password@host:5432/name, jdbc:postgresql:..., jdbc:h2:... or memory:",
                "DATABASE_URL|postgresql://u:topsecret@h|it names no database; accepted:"
                        + " postgresql://user:password@host:5432/name, jdbc:postgresql:..., jdbc:h2:... or memory:",
            })
    void anUnreadableValueIsNamedWithWhatIsAccepted(String name, String value, String problem) {
        assertThat(problems(Map.of(name, value))).containsExactly(name + ": " + problem);
    }

    @Test
    void everyProblemIsReportedOnce() {
        assertThat(problems(Map.of("PORT", "x", "AUTH_COOKIE", "x", "RATE_LIMIT_MAX", "x", "DATA_DIR", "a\0b")))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly("PORT", "DATA_DIR", "AUTH_COOKIE", "RATE_LIMIT_MAX");
    }

    @Test
    void secretsAreNeverShown() {
        Map<String, String> environment = production(
                Map.of("DATABASE_URL", "postgresql://app:topsecret@db/chat", "DATABASE_PASSWORD", "hunter2hunter2"));
        assertThat(read(environment).toString()).doesNotContain("topsecret", "hunter2", SECRET);
    }

    @Test
    void theGeneratedSecretIsKeptForItsOwnerOnly() throws IOException {
        Secret first = read(Map.of()).auth().signing().orElseThrow();
        Secret second = read(Map.of()).auth().signing().orElseThrow();
        assertThat(first.bytes()).hasSizeGreaterThanOrEqualTo(32).isEqualTo(second.bytes());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("jwt-secret"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aDirectoryThatCannotKeepTheSecretIsAProblem() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(problems(Map.of("DATA_DIR", file.toString())))
                .singleElement()
                .asString()
                .startsWith("DATA_DIR: the generated secret cannot be kept there (FileAlreadyExistsException);");
        Files.writeString(directory.resolve("jwt-secret"), "short");
        assertThat(problems(Map.of())).singleElement().asString().startsWith("DATA_DIR: the generated secret");
    }

    @Test
    void theSecondKeyForTextsIsForReadingWhenBothAreSet() {
        Map<String, String> both = Map.of("FIELD_ENCRYPTION_KEY", "new", "ENCRYPTION_KEY", "old");
        assertThat(textKeys(both)).containsExactly("new", "old");
        assertThat(textKeys(Map.of("ENCRYPTION_KEY", "old"))).containsExactly("old");
        assertThat(textKeys(Map.of())).isEmpty();
        assertThat(read(both).database().toString()).doesNotContain("new", "old");
        assertThat(read(both).warnings()).isEmpty();
    }

    private List<String> textKeys(Map<String, String> environment) {
        return ((Jdbc) read(environment).database())
                .textKeys().stream().map(Secret::text).toList();
    }

    @Test
    void memoryLeavesNothingOnDisk() {
        RunnerSettings settings = read(Map.of("DATABASE_URL", "memory:"));
        assertThat(settings.database()).isEqualTo(new DatabaseSettings.InMemory());
        assertThat(settings.auth().signing()).isPresent();
        assertThat(directory).isEmptyDirectory();
        assertThat(read(production(Map.of("DATABASE_URL", "memory:"))).warnings())
                .containsExactly("DATABASE_URL is memory: in production: everything is lost at the next stop");
    }

    @Test
    void publicKeysComeFromTheVariableOrAFile() throws Exception {
        String pem = pem("RSA");
        Path file = Files.writeString(directory.resolve("key.pem"), pem);
        for (Map<String, String> place : List.of(
                Map.of("JWT_PUBLIC_KEY", pem),
                Map.of("JWT_PUBLIC_KEY", pem.replace("\n", "\\n")),
                Map.of("JWT_PUBLIC_KEY_FILE", file.toString()))) {
            Map<String, String> environment = new HashMap<>(place);
            environment.put("JWT_ALGORITHM", "rs256");
            AuthSettings auth = read(environment).auth();
            assertThat(auth.jwt().key().algorithm()).isEqualTo("RS256");
            assertThat(auth.signing()).isEmpty();
            assertThat(auth.hasLogin()).isFalse();
        }
    }

    @Test
    void exactlyOneReadablePublicKeyOfTheRightKindIsNeeded() throws Exception {
        String one = "; accepted: one of JWT_PUBLIC_KEY and JWT_PUBLIC_KEY_FILE";
        String key = "; accepted: a public key in PEM (BEGIN PUBLIC KEY) of the kind JWT_ALGORITHM names";
        assertThat(problems(Map.of("JWT_ALGORITHM", "ES256")))
                .containsExactly("JWT_PUBLIC_KEY: it is required without a secret" + one);
        assertThat(problems(Map.of("JWT_ALGORITHM", "ES256", "JWT_JWKS_URL", "https://id/keys")))
                .containsExactly("JWT_PUBLIC_KEY: JWT_JWKS_URL is not supported yet" + one);
        assertThat(problems(Map.of("JWT_ALGORITHM", "ES256", "JWT_PUBLIC_KEY", "a", "JWT_PUBLIC_KEY_FILE", "b")))
                .containsExactly("JWT_PUBLIC_KEY: JWT_PUBLIC_KEY_FILE is set too" + one);
        assertThat(problems(Map.of("JWT_ALGORITHM", "ES256", "JWT_PUBLIC_KEY", pem("RSA"))))
                .containsExactly("JWT_PUBLIC_KEY: the PEM block holds no public key of kind EC" + key);
        assertThat(problems(Map.of("JWT_ALGORITHM", "ES256", "JWT_PUBLIC_KEY_FILE", "/nowhere/key.pem")))
                .containsExactly("JWT_PUBLIC_KEY_FILE: the file cannot be read" + key);
    }

    @Test
    void aReaperThatIsQuickerThanTheHeartbeatIsUnwise() {
        String warning =
                "REAP_TIMEOUT_MS is no longer than a ping and its pong may take: clients that only listen are closed";
        assertThat(read(Map.of("REAP_TIMEOUT_MS", "45000")).warnings()).containsExactly(warning);
        assertThat(read(Map.of("REAP_TIMEOUT_MS", "45001")).warnings()).isEmpty();
        assertThat(read(Map.of("REAP_TIMEOUT_MS", "0", "IDLE_TIMEOUT_MS", "1")).warnings())
                .isEmpty();
    }

    @Test
    void halfATurnServerIsUnwise() {
        assertThat(read(Map.of("TURN_URLS", "turn:a")).warnings())
                .containsExactly("TURN_URLS is set without TURN_SECRET: clients are not told of these servers");
        assertThat(read(Map.of("TURN_SECRET", "north")).warnings())
                .containsExactly("TURN_SECRET is set without TURN_URLS: it has no effect");
    }

    @Test
    void whatIsNotSupportedYetIsSaid() {
        assertThat(read(Map.of("REDIS_URL", "redis://:pw@h", "METRICS_APP", "k", "SERVICE_TOKEN", ""))
                        .warnings())
                .containsExactly(
                        "REDIS_URL is set but not supported yet: it has no effect",
                        "METRICS_APP is set but not supported yet: it has no effect");
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }

    private static Map<String, String> production(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(
                Map.of("NODE_ENV", "production", "JWT_SECRET", SECRET, "CORS_ORIGINS", "https://app.example"));
        environment.putAll(more);
        return environment;
    }

    private static String pem(String kind) throws Exception {
        byte[] key =
                KeyPairGenerator.getInstance(kind).generateKeyPair().getPublic().getEncoded();
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key).replace("\r", "") + "\n-----END PUBLIC KEY-----\n";
    }

    @SuppressWarnings("AddressSelection") // literals have one address
    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    private List<String> problems(Map<String, String> environment) {
        return catchThrowableOfType(SettingsException.class, () -> read(environment))
                .problems();
    }

    private RunnerSettings read(Map<String, String> environment) {
        Map<String, String> placed = new HashMap<>(environment);
        placed.putIfAbsent("DATA_DIR", directory.toString());
        return RunnerSettings.read(placed);
    }
}
