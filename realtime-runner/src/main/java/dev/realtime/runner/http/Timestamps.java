package dev.realtime.runner.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as clients read them: UTC with exactly three fraction digits. */
public final class Timestamps {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** For example {@code 2026-11-23T09:15:48.000Z}. */
    public static String text(Instant moment) {
        return FORM.format(moment);
    }
}
