package dev.realtime.runner.http;

import dev.realtime.transport.OriginPolicy;
import java.util.Optional;
import java.util.regex.Pattern;

/** What browsers of other origins are told (Fetch standard, "CORS protocol"). Immutable. */
final class Cors {
    private static final String METHODS = "GET, POST, DELETE, OPTIONS";
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9_, -]{1,1000}");

    private final OriginPolicy policy;

    Cors(OriginPolicy policy) {
        this.policy = policy;
    }

    boolean allows(Request request) {
        return policy.allows(request.header("Origin"), request.header("Host"));
    }

    /** Only for requests that are allowed: their origin is repeated. */
    Response opened(Request request, Response response) {
        Optional<String> origin = request.header("Origin");
        return origin.isEmpty()
                ? varying(response)
                : varying(response)
                        .with("Access-Control-Allow-Origin", origin.get())
                        .with("Access-Control-Allow-Credentials", "true");
    }

    Response varying(Response response) {
        return response.with("Vary", "Origin");
    }

    /** The answer to OPTIONS, asked by a browser before it sends the request itself. */
    Response preflight(Request request) {
        Response answer = new Response(204, java.util.Map.of("Access-Control-Allow-Methods", METHODS), new byte[0]);
        return request.header("Access-Control-Request-Headers")
                .filter(names -> HEADER_NAMES.matcher(names).matches())
                .map(names -> answer.with("Access-Control-Allow-Headers", names))
                .orElse(answer);
    }
}
