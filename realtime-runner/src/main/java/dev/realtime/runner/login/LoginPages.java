package dev.realtime.runner.login;

import dev.realtime.auth.AuthenticationException;
import dev.realtime.json.InvalidJsonException;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import dev.realtime.runner.account.Account;
import dev.realtime.runner.account.Doorkeeper;
import dev.realtime.runner.account.Grant;
import dev.realtime.runner.http.ErrorBody.Kind;
import dev.realtime.runner.http.RefusedException;
import dev.realtime.runner.http.Request;
import dev.realtime.runner.http.Response;
import dev.realtime.runner.http.Routes;
import dev.realtime.runner.http.Throttle;
import dev.realtime.runner.http.Timestamps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Login, refresh, logout and "who am I" over HTTP. An address that fails ten times in a minute has to wait, whoever
 * asks for it. Called on worker threads; safe for many of them.
 */
public final class LoginPages {
    private static final List<String> PREFIXES = List.of("/api/v1/auth", "/api/auth");
    private static final int MAX_FAILURES = 10;

    private final Doorkeeper doorkeeper;
    private final Bearers bearers;
    private final Optional<TokenCookies> cookies;
    private final Throttle failures;

    /** Sets and reads cookies only where {@code cookies} are given. {@code nanoTime} is a monotonic clock. */
    public LoginPages(Doorkeeper doorkeeper, Bearers bearers, Optional<TokenCookies> cookies, LongSupplier nanoTime) {
        this.doorkeeper = doorkeeper;
        this.bearers = bearers;
        this.cookies = cookies;
        this.failures = new Throttle(MAX_FAILURES, nanoTime);
    }

    /** Adds the pages under both of their prefixes. */
    public void addTo(Routes.Builder routes) {
        for (String prefix : PREFIXES) {
            routes.add("POST", prefix + "/login", this::login);
            routes.add("POST", prefix + "/refresh", this::refresh);
            routes.add("POST", prefix + "/logout", this::logout);
            routes.add("GET", prefix + "/me", this::me);
        }
    }

    /** An attempt counts as failed until it has succeeded, or many at once would all be let through. */
    private Response login(Request request) {
        LoginForm form = LoginForm.read(request.body());
        String key = Account.emailKey(form.email());
        Optional<Duration> wait = failures.refuse(key);
        if (wait.isPresent()) {
            return Throttle.tooMany(wait.get());
        }
        Grant grant = doorkeeper
                .login(form.email(), form.password())
                .orElseThrow(() -> new RefusedException(Kind.UNAUTHORIZED, "Invalid credentials"));
        failures.giveBack(key);
        return granted(grant);
    }

    private Response refresh(Request request) {
        String token = cookies.flatMap(known -> known.refreshToken(request))
                .or(() -> bodyToken(request))
                .orElseThrow(() -> new RefusedException(Kind.BAD_REQUEST, "Refresh token required"));
        try {
            return granted(doorkeeper.refresh(token));
        } catch (AuthenticationException refused) {
            boolean isExpired = refused.reason() == AuthenticationException.Reason.TOKEN_EXPIRED;
            throw new RefusedException(
                    Kind.UNAUTHORIZED, isExpired ? "Refresh token expired" : "Invalid refresh token");
        }
    }

    private Response logout(Request request) {
        doorkeeper.logout(bearers.of(request).user());
        String body =
                Payload.object().put("message", "Logged out successfully").end().toString();
        Response response = Response.json(200, body);
        return cookies.map(known -> known.cleared(response)).orElse(response);
    }

    private Response me(Request request) {
        Account account = doorkeeper
                .find(bearers.of(request).user())
                .orElseThrow(() -> new RefusedException(Kind.NOT_FOUND, "User not found"));
        String body = userFields(account)
                .put("phone", account.phone())
                .put("status", account.status().wire())
                .put("emailVerified", account.isEmailVerified())
                .end()
                .toString();
        return Response.json(200, body);
    }

    private Response granted(Grant grant) {
        Payload tokens = Payload.object()
                .put("accessToken", grant.accessToken())
                .put("refreshToken", grant.refreshToken())
                .end();
        String body = Payload.object()
                .put("user", userFields(grant.account()).end())
                .put("tokens", tokens)
                .put("accessToken", grant.accessToken())
                .put("refreshToken", grant.refreshToken())
                .put("token", grant.accessToken())
                .put("expiresIn", grant.accessExpiry().toSeconds())
                .put("tokenType", "Bearer")
                .end()
                .toString();
        Response response = Response.json(200, body);
        return cookies.map(known -> known.set(response, grant)).orElse(response);
    }

    private static ObjectWriter userFields(Account account) {
        return Payload.object()
                .put("id", account.id().value())
                .put("email", account.email())
                .put("firstName", account.firstName())
                .put("lastName", account.lastName())
                .put("role", account.role())
                .put("createdAt", Timestamps.text(account.createdAt()))
                .put("updatedAt", Timestamps.text(account.updatedAt()));
    }

    private static Optional<String> bodyToken(Request request) {
        try {
            return Optional.of(request.body())
                    .filter(body -> !body.isBlank())
                    .flatMap(body -> Payload.parse(body).get("refreshToken"))
                    .filter(token -> token.is(Payload.Kind.TEXT))
                    .map(Payload::asText)
                    .filter(token -> !token.isEmpty());
        } catch (InvalidJsonException unreadable) {
            return Optional.empty();
        }
    }
}
