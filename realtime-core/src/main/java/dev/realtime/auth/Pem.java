package dev.realtime.auth;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys as text: X.509 SubjectPublicKeyInfo in the PEM form of RFC 7468. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final BigInteger P256_PRIME =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private Pem() {}

    static RSAPublicKey rsaKey(String pem) {
        return key(pem, "RSA", RSAPublicKey.class);
    }

    static ECPublicKey ecKey(String pem) {
        return key(pem, "EC", ECPublicKey.class);
    }

    static boolean isOnP256(ECPublicKey key) {
        return key.getParams().getOrder().equals(P256_ORDER)
                && key.getParams().getCurve().getField() instanceof ECFieldFp field
                && field.getP().equals(P256_PRIME);
    }

    private static <K extends PublicKey> K key(String pem, String kind, Class<K> type) {
        byte[] encoded = content(pem);
        try {
            return type.cast(KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException refused) {
            throw new IllegalArgumentException("the PEM block holds no public key of kind " + kind, refused);
        }
    }

    private static byte[] content(String pem) {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException("no PEM block (-----BEGIN PUBLIC KEY-----) found");
        }
        if (!block.group(1).equals("PUBLIC KEY")) {
            throw new IllegalArgumentException("a PEM block BEGIN PUBLIC KEY is needed, not BEGIN " + block.group(1));
        }
        try {
            return Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("the PEM block is not base64", refused);
        }
    }
}
