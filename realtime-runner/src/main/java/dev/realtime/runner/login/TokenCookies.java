package dev.realtime.runner.login;

import dev.realtime.runner.account.Grant;
import dev.realtime.runner.http.Request;
import dev.realtime.runner.http.Response;
import java.time.Duration;
import java.util.Optional;

/**
 * Tokens in cookies (RFC 6265), for browsers that are not to see them: no script reads them, no foreign page posts
 * with them.
 *
 * @param isSecure whether browsers send them over TLS only
 */
public record TokenCookies(boolean isSecure) {
    private static final String ACCESS = "accessToken";
    private static final String REFRESH = "refreshToken";

    Optional<String> refreshToken(Request request) {
        return request.cookie(REFRESH).filter(token -> !token.isEmpty());
    }

    Response set(Response response, Grant grant) {
        return response.withCookie(cookie(ACCESS, grant.accessToken(), grant.accessExpiry()))
                .withCookie(cookie(REFRESH, grant.refreshToken(), grant.refreshExpiry()));
    }

    Response cleared(Response response) {
        return response.withCookie(cookie(ACCESS, "", Duration.ZERO)).withCookie(cookie(REFRESH, "", Duration.ZERO));
    }

    private String cookie(String name, String value, Duration age) {
        return name + "=" + value + "; Max-Age=" + age.toSeconds() + "; Path=/; HttpOnly; SameSite=Lax"
                + (isSecure ? "; Secure" : "");
    }
}
