package dev.realtime.runner.login;

import static dev.realtime.runner.http.Requests.body;
import static dev.realtime.runner.http.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.error.StoreException;
import dev.realtime.runner.http.Response;
import dev.realtime.runner.http.Routes;
import dev.realtime.runner.http.Throttle;
import dev.realtime.runner.settings.Mode;
import dev.realtime.transport.OriginPolicy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthPagesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:15:48Z");

    private long nanos;
    private boolean isDraining;
    private boolean isAway;
    private final HealthCheck database = HealthCheck.database(() -> {
        nanos += 3_700_000;
        if (isAway) {
            throw new StoreException("could not reach secret-host");
        }
    });

    @Test
    void healthSaysThatTheProcessLives() {
        assertThat(body(get(Mode.PRODUCTION, "/health")))
                .isEqualTo("{\"status\":\"healthy\",\"timestamp\":\"2026-11-23T09:15:48.000Z\",\"version\":\"1.2.3\"}");
        isDraining = true;
        isAway = true;
        assertThat(get(Mode.PRODUCTION, "/health").status()).isEqualTo(200);
    }

    @Test
    void readySaysHowEachCheckWent() {
        Response production = get(Mode.PRODUCTION, "/ready");
        assertThat(production.status()).isEqualTo(200);
        assertThat(body(production))
                .isEqualTo("{\"status\":\"ready\",\"checks\":{\"database\":{\"connected\":true,\"latency\":\"3ms\"}}}");
        assertThat(body(get(Mode.DEVELOPMENT, "/ready")))
                .isEqualTo("{\"status\":\"ready\",\"checks\":{\"database\":{\"connected\":true,\"latency\":\"3ms\"}},"
                        + "\"mode\":\"development\"}");
    }

    @Test
    void aFailedCheckMakesTheServerNotReady() {
        isAway = true;
        Response response = get(Mode.PRODUCTION, "/ready");
        assertThat(response.status()).isEqualTo(503);
        assertThat(body(response))
                .isEqualTo("{\"status\":\"not_ready\",\"checks\":"
                        + "{\"database\":{\"connected\":false,\"error\":\"unavailable\"}}}");
        isAway = false;
        assertThat(get(Mode.PRODUCTION, "/ready").status()).isEqualTo(200);
    }

    @Test
    void aDrainingServerIsNotReady() {
        isDraining = true;
        Response response = get(Mode.PRODUCTION, "/ready");
        assertThat(response.status()).isEqualTo(503);
        assertThat(body(response))
                .isEqualTo("{\"status\":\"not_ready\",\"checks\":"
                        + "{\"database\":{\"connected\":true,\"latency\":\"3ms\"}},\"error\":\"draining\"}");
    }

    @Test
    void checksHaveTheirOwnWords() {
        HealthCheck fanout = new HealthCheck("fanout", "delivered", () -> {});
        assertThat(body(get(Mode.PRODUCTION, "/ready", List.of(database, fanout))))
                .isEqualTo("{\"status\":\"ready\",\"checks\":{\"database\":{\"connected\":true,\"latency\":\"3ms\"},"
                        + "\"fanout\":{\"delivered\":true,\"latency\":\"0ms\"}}}");
        assertThat(body(get(Mode.PRODUCTION, "/ready", List.of()))).isEqualTo("{\"status\":\"ready\",\"checks\":{}}");
    }

    @Test
    void versionNamesTheBuild() {
        assertThat(body(get(Mode.PRODUCTION, "/api/v1/version")))
                .isEqualTo(
                        "{\"version\":\"1.2.3\",\"build\":\"b7\",\"commit\":\"abc\",\"environment\":\"production\"}");
    }

    @Test
    void healthIsNotCountedAndVersionIs() {
        Routes routes = routes(Mode.PRODUCTION, List.of());
        for (int i = 0; i < 5; i++) {
            assertThat(routes.answer(request("GET", "/health", "")).status()).isEqualTo(200);
            assertThat(routes.answer(request("GET", "/ready", "")).status()).isEqualTo(200);
        }
        assertThat(routes.answer(request("GET", "/api/v1/version", "")).status())
                .isEqualTo(200);
        assertThat(routes.answer(request("GET", "/api/v1/version", "")).status())
                .isEqualTo(429);
    }

    private Response get(Mode mode, String path) {
        return get(mode, path, List.of(database));
    }

    private Response get(Mode mode, String path, List<HealthCheck> checks) {
        return routes(mode, checks).answer(request("GET", path, ""));
    }

    private Routes routes(Mode mode, List<HealthCheck> checks) {
        Routes.Builder builder = Routes.builder(new OriginPolicy(List.of()), new Throttle(1, () -> nanos), () -> NOW);
        new HealthPages(
                        new HealthPages.Build("1.2.3", "b7", "abc"),
                        mode,
                        checks,
                        () -> isDraining,
                        () -> NOW,
                        () -> nanos)
                .addTo(builder);
        return builder.build();
    }
}
