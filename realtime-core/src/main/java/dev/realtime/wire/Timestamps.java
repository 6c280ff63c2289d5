package dev.realtime.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
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
        Instant shown = moment.isAfter(LAST) ? LAST : moment;
        LocalDateTime utc = LocalDateTime.ofEpochSecond(shown.getEpochSecond(), shown.getNano(), ZoneOffset.UTC);
        return utc.getYear() < 0 ? FORM.format(shown) : written(utc);
    }

    /** By hand: a formatter walks a tree of parts, and each message has two timestamps. */
    private static String written(LocalDateTime utc) {
        byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
        number(text, 3, utc.getYear());
        number(text, 6, utc.getMonthValue());
        number(text, 9, utc.getDayOfMonth());
        number(text, 12, utc.getHour());
        number(text, 15, utc.getMinute());
        number(text, 18, utc.getSecond());
        number(text, 22, utc.getNano() / 1_000_000);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** Puts the digits of the value so that the last one stands at {@code end}. */
    private static void number(byte[] text, int end, int value) {
        int rest = value;
        for (int i = end; rest > 0; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
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
