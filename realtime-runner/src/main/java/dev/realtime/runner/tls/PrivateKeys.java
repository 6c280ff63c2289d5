package dev.realtime.runner.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** Reads the private key that belongs to a public one: PKCS#8, or the older forms of RSA (PKCS#1) and EC (SEC 1). */
final class PrivateKeys {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private PrivateKeys() {}

    static PrivateKey read(List<PemBlocks.Block> blocks, PublicKey counterpart) {
        PemBlocks.Block block = blocks.stream()
                .filter(each -> each.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new TlsException("there is no private key in it"));
        byte[] pkcs8 = switch (block.label()) {
            case "PRIVATE KEY" -> block.der();
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> wrapped(block.der(), counterpart);
            default -> throw new TlsException("a key of the form " + block.label() + " is not supported");
        };
        PrivateKey key = key(pkcs8, counterpart.getAlgorithm());
        requirePair(key, counterpart);
        return key;
    }

    private static PrivateKey key(byte[] pkcs8, String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException unreadable) {
            throw new TlsException("the private key is not readable as " + algorithm, unreadable);
        }
    }

    /**
     * PKCS#8 around an older form (RFC 5208 section 5). The public key names algorithm and curve in the same bytes
     * that are wanted here.
     */
    private static byte[] wrapped(byte[] key, PublicKey counterpart) {
        byte[] publicInfo = counterpart.getEncoded();
        int algorithmStart = publicInfo[1] >= 0 ? 2 : 2 + (publicInfo[1] & 0x7f);
        byte[] algorithm =
                Arrays.copyOfRange(publicInfo, algorithmStart, algorithmStart + 2 + publicInfo[algorithmStart + 1]);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_0);
        content.writeBytes(algorithm);
        content.writeBytes(der(OCTETS, key));
        return der(SEQUENCE, content.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >>> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static void requirePair(PrivateKey key, PublicKey counterpart) {
        byte[] challenge = new byte[32];
        new SecureRandom().nextBytes(challenge);
        try {
            Signature signature = Signature.getInstance(signature(counterpart));
            signature.initSign(key);
            signature.update(challenge);
            byte[] signed = signature.sign();
            signature.initVerify(counterpart);
            signature.update(challenge);
            if (!signature.verify(signed)) {
                throw new TlsException("the private key does not belong to the first certificate");
            }
        } catch (GeneralSecurityException unusable) {
            throw new TlsException("the private key cannot be used with the first certificate", unusable);
        }
    }

    private static String signature(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
