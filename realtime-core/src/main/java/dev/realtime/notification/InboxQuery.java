package dev.realtime.notification;

import java.time.Instant;

/**
 * Which notifications of an inbox to read, always from new to old.
 *
 * @param shown whether all or only the unread ones
 * @param cursor from where
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 * @param maxBytes where a page ends early, by the sum of {@link Notification#weight()}; it holds at least one
 */
public record InboxQuery(Shown shown, Cursor cursor, int limit, int maxBytes) {
    /** The most notifications one page is asked for. */
    public static final int MAX_LIMIT = 200;

    /** Checks the limits. */
    public InboxQuery {
        if (limit < 1 || limit > MAX_LIMIT || maxBytes < 1) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " notifications, not " + limit);
        }
    }

    /** Which are shown. */
    public enum Shown {
        ALL,
        UNREAD
    }

    /** From where to read. */
    public sealed interface Cursor {}

    /** The newest. */
    public record Newest() implements Cursor {}

    /** The newest strictly older than a moment. */
    public record Before(Instant moment) implements Cursor {}

    /** The newest that stand before a place. */
    public record BeforePlace(Place place) implements Cursor {}
}
