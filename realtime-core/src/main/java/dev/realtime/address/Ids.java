package dev.realtime.address;

import java.util.BitSet;

/** The alphabets and lengths that ids may have. */
final class Ids {
    private static final BitSet PLAIN = alphabet(".", "_", "@", "+", "=", "|", "~", "-");
    private static final BitSet WITH_COLON = alphabet(".", "_", "@", "+", "=", "|", "~", "-", ":");

    private Ids() {}

    static String requirePlain(String value, int maxLength, String what) {
        return require(value, maxLength, PLAIN, what);
    }

    static String requireWithColon(String value, int maxLength, String what) {
        return require(value, maxLength, WITH_COLON, what);
    }

    private static String require(String value, int maxLength, BitSet allowed, String what) {
        if (value.isEmpty() || value.length() > maxLength) {
            throw new IllegalArgumentException(
                    "a " + what + " has 1 to " + maxLength + " characters, not " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            if (!allowed.get(value.charAt(i))) {
                throw new IllegalArgumentException("a " + what + " cannot contain the character at index " + i);
            }
        }
        return value;
    }

    private static BitSet alphabet(String... marks) {
        BitSet set = new BitSet(128);
        set.set('A', 'Z' + 1);
        set.set('a', 'z' + 1);
        set.set('0', '9' + 1);
        for (String mark : marks) {
            set.set(mark.charAt(0));
        }
        return set;
    }
}
