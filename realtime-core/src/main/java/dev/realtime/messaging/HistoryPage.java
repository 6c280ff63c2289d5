package dev.realtime.messaging;

import java.util.List;

/**
 * Messages read back, oldest first.
 *
 * @param hasMore whether a further message exists in the direction that was read
 */
public record HistoryPage(List<Message> messages, boolean hasMore) {
    /** Copies the list. */
    public HistoryPage {
        messages = List.copyOf(messages);
    }
}
