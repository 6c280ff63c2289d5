package dev.realtime.runner.login;

import static dev.realtime.runner.http.Requests.body;
import static dev.realtime.runner.http.Requests.request;
import static dev.realtime.runner.http.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.auth.JwtAuthenticator;
import dev.realtime.auth.JwtSettings;
import dev.realtime.auth.TokenKey;
import dev.realtime.json.Payload;
import dev.realtime.runner.account.Account;
import dev.realtime.runner.account.DemoData;
import dev.realtime.runner.account.Doorkeeper;
import dev.realtime.runner.account.InMemoryAccountStore;
import dev.realtime.runner.account.InMemoryRefreshFamilyStore;
import dev.realtime.runner.account.Passwords;
import dev.realtime.runner.account.RefreshTokens;
import dev.realtime.runner.account.TokenIssuer;
import dev.realtime.runner.http.Request;
import dev.realtime.runner.http.Response;
import dev.realtime.runner.http.Routes;
import dev.realtime.runner.http.Throttle;
import dev.realtime.transport.OriginPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPagesTest {
    private static final byte[] SECRET = new byte[32];
    private static final String PATIENT = "{\"email\":\"patient@example.com\",\"password\":\"password123\"}";
    private static final String USER = "{\"id\":\"demo-patient-001\",\"email\":\"patient@example.com\","
            + "\"firstName\":\"Patient\",\"lastName\":\"Demo\",\"role\":\"patient\","
            + "\"createdAt\":\"2026-11-23T09:15:48.000Z\",\"updatedAt\":\"2026-11-23T09:15:48.000Z\"";

    private Instant now = Instant.parse("2026-11-23T09:15:48Z");
    private long nanos;
    private final InMemoryAccountStore accounts = new InMemoryAccountStore();
    private final Passwords passwords = new Passwords(4);
    private final Routes routes = routes(Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/auth", "/api/auth"})
    void loginAnswersUserAndTokensInEveryForm(String prefix) {
        Response response = routes.answer(request("POST", prefix + "/login", PATIENT));
        String access = field(response, "accessToken");
        String refresh = field(response, "refreshToken");
        assertThat(response.status()).isEqualTo(200);
        assertThat(body(response))
                .isEqualTo("{\"user\":" + USER + "},"
                        + "\"tokens\":{\"accessToken\":\"" + access + "\",\"refreshToken\":\"" + refresh + "\"},"
                        + "\"accessToken\":\"" + access + "\",\"refreshToken\":\"" + refresh + "\","
                        + "\"token\":\"" + access + "\",\"expiresIn\":3600,\"tokenType\":\"Bearer\"}");
        assertThat(response.headers())
                .containsEntry("Content-Type", "application/json; charset=utf-8")
                .containsEntry("Cache-Control", "no-store");
        assertThat(response.cookies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"email\":\"patient@example.com\",\"password\":\"Password123\"}",
                "{\"email\":\"nobody@example.com\",\"password\":\"password123\"}",
            })
    void wrongCredentialsAreAllTheSame(String form) {
        Response response = login(form);
        assertThat(response.status()).isEqualTo(401);
        assertThat(body(response)).isEqualTo(unauthorized("Invalid credentials"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|email:email is required:required,password:password is required:required",
                "``|email:email is required:required,password:password is required:required",
                "{\"email\":null,\"password\":\"\"}"
                        + "|email:email is required:required,password:password is required:required",
                "{\"email\":1,\"password\":[]}"
                        + "|email:email must be a string:invalid_type,password:password must be a string:invalid_type",
                "{\"email\":\"patient\",\"password\":\"x\"}|email:email must be a valid email address:invalid_email",
                "{\"email\":\"a@b\",\"password\":\"x\",\"remember\":true,\"otp\":1}"
                        + "|remember:unknown field:unknown_field,otp:unknown field:unknown_field",
                "[1]|body:body must be an object:invalid_type",
                "null|body:body must be an object:invalid_type",
            })
    void aFormIsRefusedFieldByField(String form, String details) {
        Response response = login(form);
        assertThat(response.status()).isEqualTo(422);
        StringBuilder expected = new StringBuilder();
        for (String detail : details.split(",", -1)) {
            String[] parts = detail.split(":", 3);
            expected.append(expected.isEmpty() ? "" : ",")
                    .append("{\"field\":\"%s\",\"message\":\"%s\",\"code\":\"%s\"}"
                            .formatted(parts[0], parts[1], parts[2]));
        }
        assertThat(body(response))
                .isEqualTo("{\"error\":\"ValidationError\",\"message\":\"Request validation failed\","
                        + "\"code\":\"ERR_1006\",\"category\":\"CLIENT\",\"severity\":\"LOW\",\"details\":["
                        + expected + "],\"timestamp\":\"2026-11-23T09:15:48.000Z\",\"requestId\":\"req-7\"}");
    }

    @Test
    void aHugePasswordIsRefusedBeforeItCostsAnything() {
        String form = "{\"email\":\"a@b\",\"password\":\"" + "x".repeat(1025) + "\"}";
        assertThat(body(login(form))).contains("\"message\":\"password must have at most 1024 characters\"");
    }

    @Test
    void whatIsNoJsonIsABadRequest() {
        Response response = login("{\"email\":");
        assertThat(response.status()).isEqualTo(400);
        assertThat(body(response))
                .isEqualTo("{\"error\":\"BadRequestError\",\"message\":\"Invalid JSON\",\"code\":\"ERR_1001\","
                        + "\"category\":\"CLIENT\",\"severity\":\"LOW\","
                        + "\"timestamp\":\"2026-11-23T09:15:48.000Z\",\"requestId\":\"req-7\"}");
    }

    @Test
    void tenFailuresInAMinuteMakeAnAddressWait() {
        String wrong = "{\"email\":\"Patient@Example.com\",\"password\":\"guess\"}";
        for (int i = 0; i < 10; i++) {
            assertThat(login(wrong).status()).isEqualTo(401);
        }
        Response refused = login(PATIENT);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(body(refused)).isEqualTo("{\"error\":\"Too many requests, please try again later\"}");
        assertThat(login("{\"email\":\"admin@example.com\",\"password\":\"password123\"}")
                        .status())
                .isEqualTo(200);
        nanos += Duration.ofMinutes(1).toNanos();
        assertThat(login(PATIENT).status()).isEqualTo(200);
    }

    @Test
    void successesDoNotCount() {
        for (int i = 0; i < 30; i++) {
            assertThat(login(PATIENT).status()).isEqualTo(200);
        }
    }

    @Test
    void refreshGivesTheSameBodyWithNewTokens() {
        String first = field(login(PATIENT), "refreshToken");
        now = now.plusSeconds(60);
        Response response = refresh(first);
        String access = field(response, "accessToken");
        String second = field(response, "refreshToken");
        assertThat(response.status()).isEqualTo(200);
        assertThat(second).isNotEqualTo(first);
        assertThat(body(response))
                .isEqualTo("{\"user\":" + USER + "},"
                        + "\"tokens\":{\"accessToken\":\"" + access + "\",\"refreshToken\":\"" + second + "\"},"
                        + "\"accessToken\":\"" + access + "\",\"refreshToken\":\"" + second + "\","
                        + "\"token\":\"" + access + "\",\"expiresIn\":3600,\"tokenType\":\"Bearer\"}");
    }

    @Test
    void aUsedRefreshTokenRevokesItsFamily() {
        String first = field(login(PATIENT), "refreshToken");
        String second = field(refresh(first), "refreshToken");
        assertThat(body(refresh(first))).isEqualTo(unauthorized("Invalid refresh token"));
        assertThat(body(refresh(second))).isEqualTo(unauthorized("Invalid refresh token"));
    }

    @Test
    void anExpiredRefreshTokenSaysSo() {
        String token = field(login(PATIENT), "refreshToken");
        now = now.plus(Duration.ofDays(7));
        Response response = refresh(token);
        assertThat(response.status()).isEqualTo(401);
        assertThat(body(response)).contains("\"message\":\"Refresh token expired\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"refreshToken\":\"\"}", "{\"refreshToken\":7}", "[]", "nonsense"})
    void aRefreshNeedsAToken(String form) {
        Response response = answer(request("POST", "/api/auth/refresh", form));
        assertThat(response.status()).isEqualTo(400);
        assertThat(body(response)).contains("\"message\":\"Refresh token required\",\"code\":\"ERR_1001\"");
    }

    @Test
    void anAccessTokenIsNoRefreshToken() {
        Response login = login(PATIENT);
        assertThat(body(refresh(field(login, "accessToken")))).isEqualTo(unauthorized("Invalid refresh token"));
        assertThat(body(me(field(login, "refreshToken")))).isEqualTo(unauthorized("Invalid access token"));
    }

    @Test
    void logoutRevokesEveryRefreshTokenAndNoAccessToken() {
        Response one = login(PATIENT);
        String other = field(login(PATIENT), "refreshToken");
        String access = field(one, "accessToken");
        Response response = answer(bearing(request("POST", "/api/v1/auth/logout", ""), access));
        assertThat(response.status()).isEqualTo(200);
        assertThat(body(response)).isEqualTo("{\"message\":\"Logged out successfully\"}");
        assertThat(refresh(field(one, "refreshToken")).status()).isEqualTo(401);
        assertThat(refresh(other).status()).isEqualTo(401);
        assertThat(me(access).status()).isEqualTo(200);
    }

    @Test
    void logoutAndMeNeedAnAccessToken() {
        String access = field(login(PATIENT), "accessToken");
        assertThat(body(answer(request("POST", "/api/auth/logout", ""))))
                .isEqualTo(unauthorized("Access token required"));
        assertThat(body(answer(request("GET", "/api/auth/me", "")))).isEqualTo(unauthorized("Access token required"));
        assertThat(body(me("nonsense"))).isEqualTo(unauthorized("Invalid access token"));
        assertThat(body(answer(with(request("GET", "/api/auth/me", ""), "Cookie", "accessToken=" + access))))
                .isEqualTo(unauthorized("Access token required"));
        now = now.plus(Duration.ofHours(1));
        assertThat(body(me(access))).contains("\"message\":\"Access token expired\"");
    }

    @Test
    void meIsTheUserWithWhatOnlyHeMayKnow() {
        Response response = me(field(login(PATIENT), "accessToken"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(body(response)).isEqualTo(USER + ",\"status\":\"active\",\"emailVerified\":true}");
    }

    @Test
    void mePhonesAreTold() {
        Account eve = new Account(
                new UserId("eve"),
                "eve@example.com",
                "Eve",
                "Young",
                "doctor",
                Optional.of("+1 555"),
                Account.Status.ACTIVE,
                false,
                now,
                now.plusMillis(7),
                passwords.hash("swordfish"),
                false);
        accounts.insert(eve);
        String access = field(login("{\"email\":\"eve@example.com\",\"password\":\"swordfish\"}"), "accessToken");
        assertThat(body(me(access)))
                .isEqualTo("{\"id\":\"eve\",\"email\":\"eve@example.com\",\"firstName\":\"Eve\","
                        + "\"lastName\":\"Young\",\"role\":\"doctor\",\"createdAt\":\"2026-11-23T09:15:48.000Z\","
                        + "\"updatedAt\":\"2026-11-23T09:15:48.007Z\",\"phone\":\"+1 555\",\"status\":\"active\","
                        + "\"emailVerified\":false}");
    }

    @Test
    void aTokenOfAnUnknownUserFindsNobody() {
        Account stranger = Account.create("gone@example.com", "patient", "hash", now);
        Response response = me(issuer().issue(stranger));
        assertThat(response.status()).isEqualTo(404);
        assertThat(body(response))
                .isEqualTo("{\"error\":\"NotFoundError\",\"message\":\"User not found\",\"code\":\"ERR_1004\","
                        + "\"category\":\"CLIENT\",\"severity\":\"LOW\","
                        + "\"timestamp\":\"2026-11-23T09:15:48.000Z\",\"requestId\":\"req-7\"}");
    }

    @Test
    void cookiesCarryTheTokensWhenSwitchedOn() {
        Routes withCookies = routes(Optional.of(new TokenCookies(true)));
        Response login = withCookies.answer(request("POST", "/api/auth/login", PATIENT));
        String access = field(login, "accessToken");
        String refresh = field(login, "refreshToken");
        assertThat(login.cookies())
                .containsExactly(
                        "accessToken=" + access + "; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax; Secure",
                        "refreshToken=" + refresh + "; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax; Secure");
        String jar = "accessToken=" + access + "; refreshToken=" + refresh;
        Response me = withCookies.answer(with(request("GET", "/api/auth/me", ""), "Cookie", jar));
        assertThat(me.status()).isEqualTo(200);
        Request both = with(request("POST", "/api/auth/refresh", "{\"refreshToken\":\"x\"}"), "Cookie", jar);
        Response refreshed = withCookies.answer(both);
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.cookies())
                .hasSize(2)
                .doesNotContainAnyElementsOf(login.cookies().subList(1, 2));
        Response logout = withCookies.answer(with(request("POST", "/api/auth/logout", ""), "Cookie", jar));
        assertThat(logout.cookies())
                .containsExactly(
                        "accessToken=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure",
                        "refreshToken=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure");
    }

    @Test
    void developmentCookiesTravelWithoutTls() {
        Routes withCookies = routes(Optional.of(new TokenCookies(false)));
        assertThat(withCookies
                        .answer(request("POST", "/api/auth/login", PATIENT))
                        .cookies())
                .allMatch(cookie -> cookie.endsWith("; Path=/; HttpOnly; SameSite=Lax"));
    }

    @Test
    void onlyTheDescribedMethodsExist() {
        assertThat(answer(request("GET", "/api/auth/login", "")).status()).isEqualTo(405);
        assertThat(answer(request("POST", "/api/auth/me", "")).status()).isEqualTo(405);
        assertThat(answer(request("POST", "/auth/login", PATIENT)).status()).isEqualTo(404);
    }

    private Routes routes(Optional<TokenCookies> cookies) {
        JwtSettings settings = JwtSettings.of(TokenKey.hs256(SECRET));
        Bearers bearers =
                new Bearers(new JwtAuthenticator(cookies.isPresent() ? settings.withCookie() : settings, () -> now));
        RefreshTokens tokens = new RefreshTokens(new InMemoryRefreshFamilyStore(), Duration.ofDays(7), () -> now);
        Doorkeeper doorkeeper = new Doorkeeper(accounts, passwords, issuer(), tokens, true);
        DemoData.seed(accounts, passwords, now);
        Routes.Builder builder = Routes.builder(new OriginPolicy(List.of()), new Throttle(0, () -> nanos), () -> now);
        new LoginPages(doorkeeper, bearers, cookies, () -> nanos).addTo(builder);
        return builder.build();
    }

    private TokenIssuer issuer() {
        return new TokenIssuer(SECRET, Optional.empty(), Optional.empty(), Duration.ofHours(1), () -> now);
    }

    private Response answer(Request request) {
        return routes.answer(with(request, "X-Request-Id", "req-7"));
    }

    private Response login(String form) {
        return answer(request("POST", "/api/v1/auth/login", form));
    }

    private Response refresh(String token) {
        return answer(request("POST", "/api/v1/auth/refresh", "{\"refreshToken\":\"" + token + "\"}"));
    }

    private Response me(String token) {
        return answer(bearing(request("GET", "/api/v1/auth/me", ""), token));
    }

    private static Request bearing(Request request, String token) {
        return with(request, "Authorization", "Bearer " + token);
    }

    private static String field(Response response, String name) {
        return Payload.parse(body(response)).get(name).orElseThrow().asText();
    }

    private static String unauthorized(String message) {
        return "{\"error\":\"UnauthorizedError\",\"message\":\"" + message + "\",\"code\":\"ERR_1002\","
                + "\"category\":\"AUTHENTICATION\",\"severity\":\"MEDIUM\","
                + "\"timestamp\":\"2026-11-23T09:15:48.000Z\",\"requestId\":\"req-7\"}";
    }
}
