package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import java.time.Instant;

/**
 * Which messages to read back.
 *
 * @param source whose messages
 * @param cursor from where, and so in which direction
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 * @param maxBytes where a page ends early, by the sum of {@link Message#weight()}; it holds at least one message
 */
public record HistoryQuery(Source source, Cursor cursor, int limit, int maxBytes) {
    /** The most messages one page is asked for. */
    public static final int MAX_LIMIT = 200;

    /** Checks the limit. */
    public HistoryQuery {
        if (limit < 1 || limit > MAX_LIMIT || maxBytes < 1) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " messages, not " + limit);
        }
        if (source instanceof OfVisit && (cursor instanceof BeforeSeq || cursor instanceof AfterSeq)) {
            throw new IllegalArgumentException("numbers belong to a room; a visit's messages span several");
        }
    }

    /** Whose messages. */
    public sealed interface Source {}

    /** The messages of one room, ordered by number. */
    public record OfRoom(RoomId room) implements Source {}

    /** The messages that carry a visit, in whichever room; ordered by time, room and number. */
    public record OfVisit(VisitId visit) implements Source {}

    /** From where to read. */
    public sealed interface Cursor {}

    /** The newest messages. */
    public record Newest() implements Cursor {}

    /** The newest messages strictly older than a moment. */
    public record Before(Instant moment) implements Cursor {}

    /** The newest messages with a smaller number. */
    public record BeforeSeq(long seq) implements Cursor {}

    /** The oldest messages with a greater number. */
    public record AfterSeq(long seq) implements Cursor {}
}
