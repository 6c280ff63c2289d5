package dev.realtime.notification;

import dev.realtime.json.Payload;
import dev.realtime.page.Weights;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A notice as it lies in the inbox of one user. What is said and when is the same for all who got it; whether it was
 * read is this user's own.
 *
 * @param notice what is said
 * @param timestamp when it was sent, to the millisecond
 * @param readAt when the user has read it, to the millisecond; empty while it is unread
 */
public record Notification(NotificationId id, Notice notice, Instant timestamp, Optional<Instant> readAt) {
    private static final int WITHOUT_TEXTS = 300;

    /** Cuts the moments to milliseconds. */
    public Notification {
        timestamp = timestamp.truncatedTo(ChronoUnit.MILLIS);
        readAt = readAt.map(moment -> moment.truncatedTo(ChronoUnit.MILLIS));
    }

    /** An unread one. */
    public static Notification of(NotificationId id, Notice notice, Instant timestamp) {
        return new Notification(id, notice, timestamp, Optional.empty());
    }

    /** Whether the user has read it. */
    public boolean isRead() {
        return readAt.isPresent();
    }

    /** The same, read at this moment; unchanged when it was read before. */
    public Notification read(Instant moment) {
        return isRead() ? this : new Notification(id, notice, timestamp, Optional.of(moment));
    }

    /** Where it stands among the others of an inbox. */
    public Place place() {
        return new Place(timestamp, id);
    }

    /** About how many bytes it takes as JSON; pages are cut by it. */
    public int weight() {
        return WITHOUT_TEXTS
                + Weights.utf8(notice.title())
                + Weights.utf8(notice.message())
                + notice.data().map(Payload::size).orElse(0);
    }
}
