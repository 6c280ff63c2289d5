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

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    /** The second written last, as most moments are of the same one as the moment before. */
    private static volatile Second current = Second.of(0);

    private Timestamps() {}

    private record Second(long epoch, String text) {
        /** With a zero fraction. */
        static Second of(long epoch) {
            LocalDateTime utc = LocalDateTime.ofEpochSecond(epoch, 0, ZoneOffset.UTC);
            byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);
            number(text, 3, utc.getYear());
            number(text, 6, utc.getMonthValue());
            number(text, 9, utc.getDayOfMonth());
            number(text, 12, utc.getHour());
            number(text, 15, utc.getMinute());
            number(text, 18, utc.getSecond());
            return new Second(epoch, new String(text, StandardCharsets.ISO_8859_1));
        }
    }

    static String of(Instant moment) {
        Instant shown = moment.isAfter(LAST) ? LAST : moment;
        return shown.isBefore(FIRST) ? FORM.format(shown) : written(shown);
    }

    /** By hand: a formatter walks a tree of parts, and each message has two timestamps. */
    private static String written(Instant moment) {
        long epoch = moment.getEpochSecond();
        Second second = current;
        if (second.epoch != epoch) {
            second = Second.of(epoch);
            current = second;
        }
        byte[] text = second.text.getBytes(StandardCharsets.ISO_8859_1);
        number(text, 22, moment.getNano() / 1_000_000);
        return new String(text, StandardCharsets.ISO_8859_1);
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
