package dev.realtime.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Moments as text: ISO 8601 in UTC with exactly three digits of a second, also when they are zero. */
final class Timestamps {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Clients cannot read years of five digits, and no calendar reaches as far as an instant does. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Timestamps() {}

    static String of(Instant moment) {
        return FORM.format(moment.isAfter(LAST) ? LAST : moment);
    }

    /** Any ISO 8601 moment with a zone; empty when it is none. */
    static Optional<Instant> read(String text) {
        try {
            return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }
}
