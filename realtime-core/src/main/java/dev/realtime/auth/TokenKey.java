package dev.realtime.auth;

import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * A key that verifies tokens, together with the one algorithm it may be used with (RFC 8725 section 3.1). What the
 * header of a token says about its algorithm decides nothing; it can only be wrong. Safe for many threads.
 */
public final class TokenKey {
    /** The shortest secret, in bytes: the output of the hash (RFC 7518 section 3.2). */
    public static final int MIN_SECRET_BYTES = 32;

    private static final int MIN_RSA_BITS = 2048;

    private final Algorithm algorithm;

    private TokenKey(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** HMAC with SHA-256 and a secret of at least {@link #MIN_SECRET_BYTES} bytes. */
    public static TokenKey hs256(byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "a secret has at least " + MIN_SECRET_BYTES + " bytes, not " + secret.length);
        }
        return new TokenKey(Algorithm.HMAC256(secret));
    }

    /** RSASSA-PKCS1-v1_5 with SHA-256 and a key of at least 2048 bits. */
    public static TokenKey rs256(RSAPublicKey key) {
        if (key.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new IllegalArgumentException("an RSA key has at least " + MIN_RSA_BITS + " bits, not "
                    + key.getModulus().bitLength());
        }
        return new TokenKey(Algorithm.RSA256(key));
    }

    /** ECDSA on the curve P-256 with SHA-256. */
    public static TokenKey es256(ECPublicKey key) {
        if (!Pem.isOnP256(key)) {
            throw new IllegalArgumentException("the key is not on the curve P-256");
        }
        return new TokenKey(Algorithm.ECDSA256(key));
    }

    /** {@link #rs256(RSAPublicKey)} with a key in PEM: SubjectPublicKeyInfo, "BEGIN PUBLIC KEY" (RFC 7468 section 13). */
    public static TokenKey rs256(String pem) {
        return rs256(Pem.rsaKey(pem));
    }

    /** {@link #es256(ECPublicKey)} with a key in PEM: SubjectPublicKeyInfo, "BEGIN PUBLIC KEY" (RFC 7468 section 13). */
    public static TokenKey es256(String pem) {
        return es256(Pem.ecKey(pem));
    }

    /** The name of the algorithm, as headers of tokens spell it. */
    public String algorithm() {
        return algorithm.getName();
    }

    /** Throws what the library throws when the signature is not of this key and algorithm. */
    void verify(DecodedJWT token) {
        algorithm.verify(token);
    }
}
