package dev.realtime.runner.http;

import dev.realtime.error.StoreException;
import dev.realtime.json.Payload;
import dev.realtime.transport.OriginPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All pages of the server by method and path, and what holds for each of them: the origin rule, the rate limit, and
 * an answer in our words when there is no page or it fails. Safe for many threads.
 */
public final class Routes implements Page {
    private static final Logger log = LoggerFactory.getLogger(Routes.class);

    private record Route(String path, boolean isPrefix, boolean isMetered, Map<String, Page> pages) {
        boolean covers(String asked) {
            return isPrefix ? asked.startsWith(path) : asked.equals(path);
        }
    }

    private final List<Route> routes;
    private final Cors cors;
    private final Throttle throttle;
    private final InstantSource time;

    private Routes(Builder builder) {
        this.routes = List.copyOf(builder.routes);
        this.cors = new Cors(builder.origins);
        this.throttle = builder.throttle;
        this.time = builder.time;
    }

    /** Begins with no page. The throttle counts requests by address. */
    public static Builder builder(OriginPolicy origins, Throttle throttle, InstantSource time) {
        return new Builder(origins, throttle, time);
    }

    /** Collects pages; where several cover a path, the first that was added counts. For one thread. */
    public static final class Builder {
        private final OriginPolicy origins;
        private final Throttle throttle;
        private final InstantSource time;
        private final List<Route> routes = new ArrayList<>();

        private Builder(OriginPolicy origins, Throttle throttle, InstantSource time) {
            this.origins = origins;
            this.throttle = throttle;
            this.time = time;
        }

        /** A page at exactly this path. Methods of one path are added by calling again. */
        public Builder add(String method, String path, Page page) {
            return add(method, path, false, true, page);
        }

        /** A page at exactly this path that may be asked as often as one likes: health, metrics, and what pages are made of. */
        public Builder addUnmetered(String method, String path, Page page) {
            return add(method, path, false, false, page);
        }

        /** A page at every path that begins so, as it stands: end it with a slash. */
        public Builder addBelow(String method, String prefix, Page page) {
            return add(method, prefix, true, true, page);
        }

        private Builder add(String method, String path, boolean isPrefix, boolean isMetered, Page page) {
            Route route = routes.stream()
                    .filter(known -> known.path().equals(path) && known.isPrefix() == isPrefix)
                    .findFirst()
                    .orElseGet(() -> {
                        Route fresh = new Route(path, isPrefix, isMetered, new TreeMap<>());
                        routes.add(fresh);
                        return fresh;
                    });
            route.pages().put(method, page);
            return this;
        }

        /** All that was added. */
        public Routes build() {
            return new Routes(this);
        }
    }

    @Override
    public Response answer(Request request) {
        if (!cors.allows(request)) {
            return cors.varying(ErrorBody.of(ErrorBody.Kind.FORBIDDEN, "Origin not allowed", request, time.instant())
                    .response());
        }
        Response response = request.method().equals("OPTIONS") ? cors.preflight(request) : metered(request);
        return cors.opened(request, response);
    }

    private Response metered(Request request) {
        Optional<Route> route =
                routes.stream().filter(known -> known.covers(request.path())).findFirst();
        boolean isMetered = route.map(Route::isMetered).orElse(true);
        Optional<Duration> wait = isMetered ? throttle.refuse(request.remoteAddress()) : Optional.empty();
        if (wait.isPresent()) {
            return Throttle.tooMany(wait.get());
        }
        return route.map(known -> routed(known, request)).orElseGet(() -> notFound(request, time.instant()));
    }

    /** What GET is answered is the answer to HEAD, too: the server sends its head alone, with the length that GET has. */
    private Response routed(Route route, Request request) {
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        return Optional.ofNullable(route.pages().get(method))
                .map(page -> guarded(page, request))
                .orElseGet(() -> notAllowed(route, request));
    }

    private Response guarded(Page page, Request request) {
        try {
            return page.answer(request);
        } catch (RefusedException refused) {
            return refused.body(request, time.instant()).response();
        } catch (StoreException away) {
            return failed(ErrorBody.Kind.UNAVAILABLE, "Service temporarily unavailable", request, away);
        } catch (RuntimeException broken) {
            // An edge: a broken page costs its one request, and the client learns nothing from it.
            return failed(ErrorBody.Kind.INTERNAL, "Internal server error", request, broken);
        }
    }

    private Response failed(ErrorBody.Kind kind, String message, Request request, RuntimeException cause) {
        ErrorBody body = ErrorBody.of(kind, message, request, time.instant());
        log.error("{} {} failed, request {}", request.method(), request.path(), body.requestId(), cause);
        return body.response();
    }

    /** The answer for a path that has no page; also for pages that find nothing below their own path. */
    public static Response notFound(Request request, Instant now) {
        return missing(404, "Not Found", "Route " + request.method() + " " + request.path() + " not found", now);
    }

    private Response notAllowed(Route route, Request request) {
        String allowed = route.pages().keySet().stream().collect(Collectors.joining(", "));
        String message = "Method " + request.method() + " is not allowed for " + request.path();
        return missing(405, "Method Not Allowed", message, time.instant()).with("Allow", allowed + ", OPTIONS");
    }

    private static Response missing(int status, String error, String message, Instant now) {
        String body = Payload.object()
                .put("error", error)
                .put("message", message)
                .put("timestamp", Timestamps.text(now))
                .end()
                .toString();
        return Response.json(status, body);
    }
}
