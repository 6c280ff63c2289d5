package dev.realtime.runner.login;

import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import dev.realtime.runner.http.Request;
import dev.realtime.runner.http.Response;
import dev.realtime.runner.http.Routes;
import dev.realtime.runner.http.Timestamps;
import dev.realtime.runner.settings.Mode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the process lives, whether it can serve, and which build it is. Safe for many threads. */
public final class HealthPages {
    private static final Logger log = LoggerFactory.getLogger(HealthPages.class);

    private final Build build;
    private final Mode mode;
    private final List<HealthCheck> checks;
    private final BooleanSupplier isDraining;
    private final InstantSource time;
    private final LongSupplier nanoTime;

    /**
     * Which build runs.
     *
     * @param version as people say it
     * @param build when or by which run it was made
     * @param commit of which sources
     */
    public record Build(String version, String build, String commit) {}

    /** Looks at {@code checks} in their order. {@code nanoTime} is a monotonic clock. */
    public HealthPages(
            Build build,
            Mode mode,
            List<HealthCheck> checks,
            BooleanSupplier isDraining,
            InstantSource time,
            LongSupplier nanoTime) {
        this.build = build;
        this.mode = mode;
        this.checks = List.copyOf(checks);
        this.isDraining = isDraining;
        this.time = time;
        this.nanoTime = nanoTime;
    }

    /** Adds the pages. Health may be asked as often as one likes. */
    public void addTo(Routes.Builder routes) {
        routes.addUnmetered("GET", "/health", this::health);
        routes.addUnmetered("GET", "/ready", this::ready);
        routes.add("GET", "/api/v1/version", this::version);
    }

    private Response health(Request request) {
        String body = Payload.object()
                .put("status", "healthy")
                .put("timestamp", Timestamps.text(time.instant()))
                .put("version", build.version())
                .end()
                .toString();
        return Response.json(200, body);
    }

    private Response ready(Request request) {
        boolean isReady = !isDraining.getAsBoolean();
        ObjectWriter results = Payload.object();
        for (HealthCheck check : checks) {
            Payload result = looked(check);
            results.put(check.name(), result);
            isReady &= result.get("error").isEmpty();
        }
        ObjectWriter body = Payload.object().put("status", isReady ? "ready" : "not_ready");
        body.put("checks", results.end());
        if (isDraining.getAsBoolean()) {
            body.put("error", "draining");
        }
        if (!mode.isProduction()) {
            body.put("mode", mode.text());
        }
        return Response.json(isReady ? 200 : 503, body.end().toString());
    }

    private Response version(Request request) {
        String body = Payload.object()
                .put("version", build.version())
                .put("build", build.build())
                .put("commit", build.commit())
                .put("environment", mode.text())
                .end()
                .toString();
        return Response.json(200, body);
    }

    private Payload looked(HealthCheck check) {
        long start = nanoTime.getAsLong();
        try {
            check.probe().look();
        } catch (RuntimeException failure) {
            // An edge: whatever a probe throws is a failed check. Why is for the log, not for the public.
            log.debug("check {} failed", check.name(), failure);
            return Payload.object()
                    .put(check.virtue(), false)
                    .put("error", "unavailable")
                    .end();
        }
        long millis = Duration.ofNanos(nanoTime.getAsLong() - start).toMillis();
        return Payload.object()
                .put(check.virtue(), true)
                .put("latency", millis + "ms")
                .end();
    }
}
