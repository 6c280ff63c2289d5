package dev.realtime.runner.settings;

import dev.realtime.auth.JwtSettings;
import dev.realtime.auth.TokenKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who is believed, and what is issued.
 *
 * @param jwt which tokens are believed
 * @param signing the secret to sign with; empty when others issue the tokens
 * @param accessExpiry how long an access token lives
 * @param refreshExpiry how long a refresh token lives
 * @param hasLogin whether the login pages exist
 */
public record AuthSettings(
        JwtSettings jwt, Optional<Secret> signing, Duration accessExpiry, Duration refreshExpiry, boolean hasLogin) {

    private enum Algorithm {
        HS256,
        RS256,
        ES256
    }

    static Optional<AuthSettings> read(Variables variables, Mode mode, boolean mayKeepSecret) {
        Algorithm algorithm = variables.choice("JWT_ALGORITHM", algorithms(), Algorithm.HS256);
        Optional<Secret> secret =
                algorithm == Algorithm.HS256 ? secret(variables, mode, mayKeepSecret) : Optional.empty();
        Optional<TokenKey> key = switch (algorithm) {
            case HS256 -> secret.map(known -> TokenKey.hs256(known.bytes()));
            case RS256 -> publicKey(variables, TokenKey::rs256);
            case ES256 -> publicKey(variables, TokenKey::es256);
        };
        Duration skew = Duration.ofSeconds(variables.number("JWT_CLOCK_SKEW_SECONDS", 0, 0, 3_600));
        boolean cookie = variables.flag("AUTH_COOKIE", false);
        Duration accessExpiry = variables.span("JWT_EXPIRY", Duration.ofHours(1));
        Duration refreshExpiry = variables.span("REFRESH_TOKEN_EXPIRY", Duration.ofDays(7));
        boolean endpoints = variables.flag("AUTH_ENDPOINTS", true);
        Optional<String> issuer = variables.text("JWT_ISSUER");
        Optional<String> audience = variables.text("JWT_AUDIENCE");
        return key.map(known -> new AuthSettings(
                new JwtSettings(known, issuer, audience, skew, cookie),
                secret,
                accessExpiry,
                refreshExpiry,
                endpoints && secret.isPresent()));
    }

    private static Map<String, Algorithm> algorithms() {
        Map<String, Algorithm> algorithms = new LinkedHashMap<>();
        for (Algorithm algorithm : Algorithm.values()) {
            algorithms.put(algorithm.name(), algorithm);
        }
        return algorithms;
    }

    private static Optional<Secret> secret(Variables variables, Mode mode, boolean mayKeep) {
        String accepted = "at least " + TokenKey.MIN_SECRET_BYTES + " bytes";
        Optional<Secret> set = variables.secret("JWT_SECRET").map(Secret::of);
        if (set.isPresent()) {
            int size = set.get().bytes().length;
            if (size < TokenKey.MIN_SECRET_BYTES) {
                variables.problem("JWT_SECRET", "it has " + size + " bytes", accepted);
                return Optional.empty();
            }
            return set;
        }
        if (mode.isProduction()) {
            variables.problem("JWT_SECRET", "it is required in production with HS256", accepted);
            return Optional.empty();
        }
        return mayKeep ? kept(variables) : Optional.of(Secret.random());
    }

    private static Optional<Secret> kept(Variables variables) {
        Optional<Path> directory = ServerSettings.dataDirectory(variables);
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Secret.keptIn(directory.get()));
        } catch (IOException unusable) {
            variables.problem(
                    "DATA_DIR",
                    "the generated secret cannot be kept there ("
                            + unusable.getClass().getSimpleName() + ")",
                    "a directory that can be read and written, or set JWT_SECRET");
            return Optional.empty();
        }
    }

    private static Optional<TokenKey> publicKey(Variables variables, Function<String, TokenKey> read) {
        String accepted = "a public key in PEM (BEGIN PUBLIC KEY) of the kind JWT_ALGORITHM names";
        Optional<String> inline = variables.text("JWT_PUBLIC_KEY");
        Optional<String> file = variables.text("JWT_PUBLIC_KEY_FILE");
        if (inline.isPresent() == file.isPresent()) {
            String missing = variables.text("JWT_JWKS_URL").isPresent()
                    ? "JWT_JWKS_URL is not supported yet"
                    : "it is required without a secret";
            String problem = inline.isPresent() ? "JWT_PUBLIC_KEY_FILE is set too" : missing;
            variables.problem("JWT_PUBLIC_KEY", problem, "one of JWT_PUBLIC_KEY and JWT_PUBLIC_KEY_FILE");
            return Optional.empty();
        }
        String name = inline.isPresent() ? "JWT_PUBLIC_KEY" : "JWT_PUBLIC_KEY_FILE";
        try {
            // One line is all that some environments can hold, so \n stands for a line's end.
            String pem = inline.isPresent() ? inline.get().replace("\\n", "\n") : Files.readString(Path.of(file.get()));
            return Optional.of(read.apply(pem));
        } catch (IOException | InvalidPathException unreadable) {
            variables.problem(name, "the file cannot be read", accepted);
        } catch (IllegalArgumentException refused) {
            variables.problem(name, String.valueOf(refused.getMessage()), accepted);
        }
        return Optional.empty();
    }
}
