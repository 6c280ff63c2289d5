package dev.realtime.page;

/** Sizes of texts on the wire, without encoding them. */
public final class Weights {
    private Weights() {}

    /** The length in UTF-8. Escapes are not counted. */
    public static int utf8(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A surrogate pair is two characters and four bytes, so each half counts for two.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
