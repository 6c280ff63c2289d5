package dev.realtime.jdbc;

import dev.realtime.messaging.Draft;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which texts a database gives back as they went in. Half a surrogate pair has no UTF-8 form (RFC 3629 section 3), and
 * PostgreSQL has no U+0000; drafts with either are refused before they cost their batch a second attempt.
 */
final class Texts {
    private Texts() {}

    static boolean areStorable(Draft draft, Database database) {
        return Stream.concat(Stream.of(draft.text()), draft.clientMessageId().stream())
                        .allMatch(text -> isWhole(text) && (database.keepsNul() || text.indexOf('\0') < 0))
                && draft.attachments().orElse(List.of()).stream().allMatch(Texts::isWhole);
    }

    /** A surrogate in its pair is part of a greater code point. */
    private static boolean isWhole(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
