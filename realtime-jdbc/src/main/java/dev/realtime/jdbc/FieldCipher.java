package dev.realtime.jdbc;

import dev.realtime.error.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How the text of a message stands in its column. With a key it is {@code ENC:v1:<iv>:<tag>:<cipher>} in base64:
 * AES-256-GCM (NIST SP 800-38D) under the SHA-256 of the configured value. Without one it is the text, but that one
 * which could be taken for either form gets {@code RAW:} in front. Immutable, safe for many threads.
 */
final class FieldCipher {
    /** Texts as they are. */
    static final FieldCipher OFF = new FieldCipher(List.of());

    private static final String RAW = "RAW:";
    private static final String SEALED = "ENC:";
    private static final Pattern FORM =
            Pattern.compile("ENC:v1:([A-Za-z0-9+/]{16}):([A-Za-z0-9+/]{22}==):([A-Za-z0-9+/]*={0,2})");
    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<SecretKey> keys;

    private FieldCipher(List<SecretKey> keys) {
        this.keys = keys;
    }

    /** New texts are sealed under the first of these, all of them open. */
    static FieldCipher of(String key, String... olderKeys) {
        return new FieldCipher(Stream.concat(Stream.of(key), Arrays.stream(olderKeys))
                .map(FieldCipher::key)
                .toList());
    }

    private static SecretKey key(String value) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return new SecretKeySpec(hash, "AES");
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    /** The text as it is stored. */
    String seal(String text) {
        if (keys.isEmpty()) {
            return text.startsWith(SEALED) || text.startsWith(RAW) ? RAW + text : text;
        }
        byte[] iv = new byte[IV_BYTES];
        RANDOM.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.get(0), iv).doFinal(text.getBytes(StandardCharsets.UTF_8));
            int length = sealed.length - TAG_BYTES;
            Base64.Encoder base64 = Base64.getEncoder();
            return SEALED + "v1:" + base64.encodeToString(iv) + ":"
                    + base64.encodeToString(Arrays.copyOfRange(sealed, length, sealed.length)) + ":"
                    + base64.encodeToString(Arrays.copyOf(sealed, length));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES in GCM", impossible);
        }
    }

    /** The text that was stored; {@link StoreException} when no key fits. */
    String open(String stored) {
        if (stored.startsWith(RAW)) {
            return stored.substring(RAW.length());
        }
        Matcher form = FORM.matcher(stored);
        if (!stored.startsWith(SEALED) || !form.matches()) {
            return stored;
        }
        byte[] iv = bytes(form.group(1));
        byte[] tag = bytes(form.group(2));
        byte[] sealed = bytes(form.group(3));
        byte[] both = Arrays.copyOf(sealed, sealed.length + TAG_BYTES);
        System.arraycopy(tag, 0, both, sealed.length, TAG_BYTES);
        for (SecretKey key : keys) {
            try {
                return new String(cipher(Cipher.DECRYPT_MODE, key, iv).doFinal(both), StandardCharsets.UTF_8);
            } catch (AEADBadTagException otherKey) {
                // The tag tells which key it was; the next one may fit.
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every JDK has AES in GCM", impossible);
            }
        }
        throw new StoreException("a message is encrypted with a key that is not among the " + keys.size() + " given");
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException cut) {
            throw new StoreException("an encrypted message is damaged");
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, iv));
        return cipher;
    }
}
