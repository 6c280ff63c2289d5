package dev.realtime.runner.blackbox;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import java.time.Instant;
import java.util.Map;

/** Tokens as another service would sign them: good ones, and one of each kind that a server must refuse. */
final class Tokens {
    static final String SECRET = "a secret of the black-box tests, 32 bytes and more";
    private static final Algorithm HS256 = Algorithm.HMAC256(SECRET);

    private Tokens() {}

    static String patient() {
        return of("demo-patient-001", "patient");
    }

    static String provider() {
        return of("demo-provider-001", "provider");
    }

    static String of(String user, String role) {
        return claims(user).withClaim("role", role).sign(HS256);
    }

    static String expired() {
        return claims("demo-patient-001")
                .withClaim("role", "patient")
                .withExpiresAt(Instant.now().minusSeconds(60))
                .sign(HS256);
    }

    static String signedWithHs512() {
        return claims("demo-patient-001").withClaim("role", "patient").sign(Algorithm.HMAC512(SECRET));
    }

    static String signedByAStranger() {
        return claims("demo-patient-001")
                .withClaim("role", "patient")
                .sign(Algorithm.HMAC256("a secret that the server does not know"));
    }

    static String withoutRole() {
        return claims("demo-patient-001").sign(HS256);
    }

    static String refresh() {
        return claims("demo-patient-001")
                .withClaim("role", "patient")
                .withClaim("type", "refresh")
                .sign(HS256);
    }

    /** All of them by the names that the scripts use. */
    static Map<String, String> byName() {
        return Map.of(
                "patient", patient(),
                "provider", provider(),
                "admin", of("demo-admin-001", "admin"),
                "superAdmin", of("root", "super_admin"),
                "stranger", of("stranger", "visitor"),
                "expired", expired(),
                "hs512", signedWithHs512(),
                "forged", signedByAStranger(),
                "withoutRole", withoutRole(),
                "refresh", refresh());
    }

    private static JWTCreator.Builder claims(String user) {
        return JWT.create()
                .withClaim("userId", user)
                .withExpiresAt(Instant.now().plusSeconds(3_600));
    }
}
