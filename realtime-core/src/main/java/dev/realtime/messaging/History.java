package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import java.util.List;
import java.util.Map;

/**
 * Messages read back, oldest first, with what others have received and read of them.
 *
 * @param hasMore whether a further message exists in the direction that was read
 * @param reach of each room on the page that has any
 */
public record History(List<Message> messages, boolean hasMore, Map<RoomId, Reach> reach) {

    /** Copies both. */
    public History {
        messages = List.copyOf(messages);
        reach = Map.copyOf(reach);
    }

    /** The status of a message of this page. */
    public MessageStatus statusOf(Message message) {
        return reach.getOrDefault(message.room(), Reach.NONE).statusOf(message);
    }
}
