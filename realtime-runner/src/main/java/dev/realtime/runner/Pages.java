package dev.realtime.runner;

import dev.realtime.auth.JwtAuthenticator;
import dev.realtime.runner.account.Doorkeeper;
import dev.realtime.runner.account.Passwords;
import dev.realtime.runner.account.RefreshTokens;
import dev.realtime.runner.account.TokenIssuer;
import dev.realtime.runner.http.Page;
import dev.realtime.runner.http.Routes;
import dev.realtime.runner.http.Throttle;
import dev.realtime.runner.login.Bearers;
import dev.realtime.runner.login.HealthCheck;
import dev.realtime.runner.login.HealthPages;
import dev.realtime.runner.login.LoginPages;
import dev.realtime.runner.login.TokenCookies;
import dev.realtime.runner.settings.AuthSettings;
import dev.realtime.runner.settings.RunnerSettings;
import dev.realtime.runner.settings.Secret;
import dev.realtime.runner.storage.Storage;
import dev.realtime.transport.OriginPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Everything this server answers over HTTP. */
final class Pages {
    private static final Duration CHECK_PATIENCE = Duration.ofSeconds(2);

    private final RunnerSettings settings;
    private final Storage storage;
    private final JwtAuthenticator authenticator;
    private final InstantSource time;
    private volatile boolean isDraining;

    Pages(RunnerSettings settings, Storage storage, JwtAuthenticator authenticator, InstantSource time) {
        this.settings = settings;
        this.storage = storage;
        this.authenticator = authenticator;
        this.time = time;
    }

    Page root() {
        Throttle throttle = new Throttle(settings.rates().requestsPerMinute(), System::nanoTime);
        Routes.Builder routes =
                Routes.builder(new OriginPolicy(settings.server().origins()), throttle, time);
        health().addTo(routes);
        settings.auth()
                .signing()
                .filter(secret -> settings.auth().hasLogin())
                .ifPresent(secret -> login(secret).addTo(routes));
        settings.browserClient().ifPresent(client -> BrowserClientPages.addTo(routes, client));
        if (!settings.mode().isProduction()) {
            SamplePages.addTo(routes);
        }
        return routes.build();
    }

    /** From now on the server says that it is not ready. */
    void drain() {
        isDraining = true;
    }

    private HealthPages health() {
        return new HealthPages(
                new HealthPages.Build(settings.server().version(), "unreleased", "unknown"),
                settings.mode(),
                List.of(HealthCheck.database(() -> storage.check(CHECK_PATIENCE))),
                () -> isDraining,
                time,
                System::nanoTime);
    }

    private LoginPages login(Secret secret) {
        AuthSettings auth = settings.auth();
        TokenIssuer issuer =
                new TokenIssuer(secret.bytes(), auth.jwt().issuer(), auth.jwt().audience(), auth.accessExpiry(), time);
        RefreshTokens refreshTokens = new RefreshTokens(storage.refreshFamilies(), auth.refreshExpiry(), time);
        boolean isProduction = settings.mode().isProduction();
        Doorkeeper doorkeeper =
                new Doorkeeper(storage.accounts(), new Passwords(Passwords.COST), issuer, refreshTokens, !isProduction);
        Optional<TokenCookies> cookies =
                auth.jwt().acceptsCookie() ? Optional.of(new TokenCookies(isProduction)) : Optional.empty();
        return new LoginPages(doorkeeper, new Bearers(authenticator), cookies, System::nanoTime);
    }
}
