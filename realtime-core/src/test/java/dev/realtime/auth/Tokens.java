package dev.realtime.auth;

import com.auth0.jwt.algorithms.Algorithm;
import dev.realtime.json.Payload;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Tokens of every shape, also those no library would make. */
final class Tokens {
    static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    static final KeyPair RSA = pair("RSA", "");
    static final KeyPair EC = pair("EC", "secp256r1");
    static final Algorithm HS256 = Algorithm.HMAC256(SECRET);
    static final Algorithm RS256 = Algorithm.RSA256((RSAPublicKey) RSA.getPublic(), (RSAPrivateKey) RSA.getPrivate());
    static final Algorithm ES256 = Algorithm.ECDSA256((ECPublicKey) EC.getPublic(), (ECPrivateKey) EC.getPrivate());

    private Tokens() {}

    static String signed(Algorithm algorithm, String payload) {
        return signed(algorithm, "{\"alg\":\"" + algorithm.getName() + "\",\"typ\":\"JWT\"}", payload);
    }

    static String signed(Algorithm algorithm, String header, String payload) {
        String head = base64(header.getBytes(StandardCharsets.UTF_8));
        String body = base64(payload.getBytes(StandardCharsets.UTF_8));
        byte[] signature =
                algorithm.sign(head.getBytes(StandardCharsets.US_ASCII), body.getBytes(StandardCharsets.US_ASCII));
        return head + "." + body + "." + base64(signature);
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static KeyPair pair(String kind, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (curve.isEmpty()) {
                generator.initialize(2048);
            } else {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The claims of a good token with {@code more} fields, JSON without braces. */
    static String claims(String more) {
        return "{\"userId\":\"ana\",\"role\":\"patient\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    static Payload auth(String token) {
        return Payload.object().put("token", token).end();
    }
}
