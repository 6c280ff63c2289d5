package dev.realtime.runner.http;

import static dev.realtime.runner.http.Requests.body;
import static dev.realtime.runner.http.Requests.comingFrom;
import static dev.realtime.runner.http.Requests.request;
import static dev.realtime.runner.http.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.error.StoreException;
import dev.realtime.transport.OriginPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:15:48Z");

    private long nanos;
    private final Routes routes = Routes.builder(
                    new OriginPolicy(List.of("https://app.example", "null")), new Throttle(3, () -> nanos), () -> NOW)
            .add("GET", "/thing", request -> Response.json(200, "{\"thing\":1}"))
            .add("POST", "/thing", request -> Response.json(201, "{}"))
            .addUnmetered("GET", "/health", request -> Response.json(200, "{}"))
            .add("GET", "/away", request -> {
                throw new StoreException("could not reach secret-host");
            })
            .add("GET", "/broken", request -> {
                throw new IllegalStateException("secret");
            })
            .add("GET", "/refused", request -> {
                throw new RefusedException(
                        ErrorBody.Kind.INVALID,
                        "Request validation failed",
                        List.of(new ErrorBody.Detail("name", "name is \"required\"", "required")));
            })
            .addBelow("GET", "/files/", request -> Response.json(200, "\"" + request.path() + "\""))
            .build();

    @Test
    void aPageAnswersItsMethodAndPath() {
        assertThat(body(get("/thing"))).isEqualTo("{\"thing\":1}");
        assertThat(routes.answer(request("POST", "/thing", "")).status()).isEqualTo(201);
        assertThat(body(get("/files/a/b"))).isEqualTo("\"/files/a/b\"");
    }

    @Test
    void anUnknownPathIsNamed() {
        Response response = routes.answer(request("DELETE", "/no/\"such\"", ""));
        assertThat(response.status()).isEqualTo(404);
        assertThat(body(response))
                .isEqualTo("{\"error\":\"Not Found\",\"message\":\"Route DELETE /no/\\\"such\\\" not found\","
                        + "\"timestamp\":\"2026-11-23T09:15:48.000Z\"}");
        assertThat(get("/thing/").status()).isEqualTo(404);
        assertThat(get("/files").status()).isEqualTo(404);
    }

    @Test
    void anotherMethodIsNotAllowed() {
        Response response = routes.answer(request("DELETE", "/thing", ""));
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("Allow", "GET, POST, OPTIONS");
        assertThat(body(response))
                .isEqualTo("{\"error\":\"Method Not Allowed\",\"message\":\"Method DELETE is not allowed for /thing\","
                        + "\"timestamp\":\"2026-11-23T09:15:48.000Z\"}");
    }

    @Test
    void headIsAnsweredWhatGetIs() {
        Response response = routes.answer(request("HEAD", "/thing", ""));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Content-Type", "application/json; charset=utf-8");
        assertThat(body(response)).isEqualTo("{\"thing\":1}");
    }

    @Test
    void aRefusalIsAnsweredFieldByField() {
        Response response = routes.answer(with(request("GET", "/refused", ""), "X-Request-Id", "req-7"));
        assertThat(response.status()).isEqualTo(422);
        assertThat(body(response))
                .isEqualTo("{\"error\":\"ValidationError\",\"message\":\"Request validation failed\","
                        + "\"code\":\"ERR_1006\",\"category\":\"CLIENT\",\"severity\":\"LOW\","
                        + "\"details\":[{\"field\":\"name\",\"message\":\"name is \\\"required\\\"\","
                        + "\"code\":\"required\"}],"
                        + "\"timestamp\":\"2026-11-23T09:15:48.000Z\",\"requestId\":\"req-7\"}");
    }

    @Test
    void aStoreThatIsAwayIsUnavailable() {
        Response response = routes.answer(with(request("GET", "/away", ""), "X-Request-Id", "req-7"));
        assertThat(response.status()).isEqualTo(503);
        assertThat(body(response))
                .isEqualTo("{\"error\":\"ServiceUnavailableError\",\"message\":\"Service temporarily unavailable\","
                        + "\"code\":\"ERR_1007\",\"category\":\"SERVER\",\"severity\":\"HIGH\","
                        + "\"timestamp\":\"2026-11-23T09:15:48.000Z\",\"requestId\":\"req-7\"}");
    }

    @Test
    void aBrokenPageTellsNothingOfItself() {
        Response response = get("/broken");
        assertThat(response.status()).isEqualTo(500);
        assertThat(body(response))
                .startsWith("{\"error\":\"InternalServerError\",\"message\":\"Internal server error\",")
                .doesNotContain("secret", "Exception", "at dev.");
    }

    @Test
    void aStrangeRequestIdIsReplaced() {
        for (String id : List.of("", "a b", "<x>", "x".repeat(65))) {
            Response response = routes.answer(comingFrom(with(request("GET", "/refused", ""), "X-Request-Id", id), id));
            assertThat(body(response)).containsPattern("\"requestId\":\"[0-9a-f-]{36}\"}$");
        }
    }

    @Test
    void anAllowedOriginIsEchoed() {
        for (String origin : List.of("https://app.example", "null", "http://node:8080")) {
            Request asked = with(with(request("GET", "/thing", ""), "Origin", origin), "Host", "node:8080");
            Response response = routes.answer(asked);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers())
                    .containsEntry("Access-Control-Allow-Origin", origin)
                    .containsEntry("Access-Control-Allow-Credentials", "true")
                    .containsEntry("Vary", "Origin");
        }
    }

    @Test
    void errorsOfOtherOriginsCanBeReadToo() {
        Response response = routes.answer(with(request("GET", "/nowhere", ""), "Origin", "https://app.example"));
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers()).containsEntry("Access-Control-Allow-Origin", "https://app.example");
    }

    @Test
    void withoutOriginThereIsNothingToEcho() {
        assertThat(get("/thing").headers())
                .containsOnlyKeys("Content-Type", "Cache-Control", "Vary")
                .containsEntry("Vary", "Origin");
    }

    @Test
    void anotherOriginIsForbidden() {
        for (String method : List.of("GET", "POST", "OPTIONS")) {
            Request asked = with(request(method, "/thing", ""), "Origin", "https://evil.example");
            Response response = routes.answer(with(asked, "X-Request-Id", "req-7"));
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.headers()).doesNotContainKey("Access-Control-Allow-Origin");
            assertThat(body(response))
                    .isEqualTo("{\"error\":\"ForbiddenError\",\"message\":\"Origin not allowed\","
                            + "\"code\":\"ERR_1003\",\"category\":\"AUTHORIZATION\",\"severity\":\"MEDIUM\","
                            + "\"timestamp\":\"2026-11-23T09:15:48.000Z\",\"requestId\":\"req-7\"}");
        }
    }

    @Test
    void aPreflightIsAnsweredForEveryPath() {
        Request asked = with(request("OPTIONS", "/api/v1/auth/login", ""), "Origin", "https://app.example");
        Response response = routes.answer(with(asked, "Access-Control-Request-Headers", "authorization, content-type"));
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers())
                .isEqualTo(Map.of(
                        "Access-Control-Allow-Origin", "https://app.example",
                        "Access-Control-Allow-Credentials", "true",
                        "Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS",
                        "Access-Control-Allow-Headers", "authorization, content-type",
                        "Vary", "Origin"));
        assertThat(routes.answer(with(asked, "Access-Control-Request-Headers", "a:b\r\n"))
                        .headers())
                .doesNotContainKey("Access-Control-Allow-Headers");
    }

    @Test
    void anAddressHasItsRequestsPerMinute() {
        for (int i = 0; i < 3; i++) {
            assertThat(get(i == 0 ? "/nowhere" : "/thing").status()).isNotEqualTo(429);
        }
        Response refused = get("/thing");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(body(refused)).isEqualTo("{\"error\":\"Too many requests, please try again later\"}");
        assertThat(refused.headers()).containsEntry("Retry-After", "60");
        assertThat(routes.answer(comingFrom(request("GET", "/thing", ""), "192.0.2.2"))
                        .status())
                .isEqualTo(200);
        assertThat(get("/health").status()).isEqualTo(200);
        assertThat(routes.answer(request("OPTIONS", "/thing", "")).status()).isEqualTo(204);
        nanos += 60_000_000_000L;
        assertThat(get("/thing").status()).isEqualTo(200);
    }

    private Response get(String path) {
        return routes.answer(request("GET", path, ""));
    }
}
