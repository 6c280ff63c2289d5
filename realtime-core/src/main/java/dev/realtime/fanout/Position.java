package dev.realtime.fanout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of an event in the log. Clients see it as the event's offset, a text without meaning to them.
 *
 * @param stamp the milliseconds since 1970 at which the event was logged, times 2<sup>20</sup>, plus a count within
 *     the millisecond; it grows from event to event of an epoch
 * @param epoch which life of the log this is; stamps of different epochs do not compare
 */
public record Position(long stamp, String epoch) {
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,13})\\.([A-Za-z0-9_-]{1,32})");
    private static final int COUNT_BITS = 20;
    private static final int MAX_EPOCH = 32;

    /** Checks the epoch; {@link IllegalArgumentException} otherwise. */
    public Position {
        if (stamp < 0 || !isEpoch(epoch)) {
            throw new IllegalArgumentException("a position has a stamp from 0 and an epoch of 1 to 32 characters");
        }
    }

    /** Without a regular expression: a position is made for every event. */
    private static boolean isEpoch(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_EPOCH;
    }

    /** The position that a client shows; empty when it is none. */
    public static Optional<Position> read(String offset) {
        Matcher parts = FORM.matcher(offset);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Position(Long.parseLong(parts.group(1), Character.MAX_RADIX), parts.group(2)));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /** The stamp of the first event in a millisecond. */
    public static long stampAt(long epochMilli) {
        return epochMilli << COUNT_BITS;
    }

    /** When the event was logged, in milliseconds since 1970. */
    public long epochMilli() {
        return stamp >>> COUNT_BITS;
    }

    /** The form that clients see. */
    @Override
    public String toString() {
        return Long.toString(stamp, Character.MAX_RADIX) + "." + epoch;
    }
}
