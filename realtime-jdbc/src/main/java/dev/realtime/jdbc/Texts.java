package dev.realtime.jdbc;

import dev.realtime.messaging.Draft;
import java.util.List;

/**
 * Which texts a database gives back as they went in. Half a surrogate pair has no UTF-8 form (RFC 3629 section 3), and
 * PostgreSQL has no U+0000; drafts with either are refused before they cost their batch a second attempt.
 */
final class Texts {
    private Texts() {}

    static boolean areStorable(Draft draft, Database database) {
        return isStorable(draft.text(), database)
                && (draft.clientMessageId().isEmpty()
                        || isStorable(draft.clientMessageId().get(), database))
                && draft.attachments().orElse(List.of()).stream().allMatch(Texts::isWhole);
    }

    private static boolean isStorable(String text, Database database) {
        return isWhole(text) && (database.keepsNul() || text.indexOf('\0') < 0);
    }

    /** A surrogate in its pair is part of a greater code point. */
    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean isPair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!isPair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
