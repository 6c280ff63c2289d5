package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import java.util.List;

/**
 * Keeps messages and numbers them. Called on worker threads, where it may block, from many at once and from several
 * nodes on the same data. {@code MessageStoreContract} in the test-jar tests each sentence here.
 *
 * <p>Acknowledged means stored: a message that {@link #append} has answered survives the death of this process, as
 * far as the store outlives it at all. Numbers start at 1 in each room and have no gaps; a message's timestamp is
 * never before that of its predecessor in the room. One message stands for all drafts with the same room, sender and
 * client message id, for as long as it lives. Texts come back as they went in, to the last character.
 */
public interface MessageStore {

    /**
     * Stores the drafts and answers for each, in the same order. Drafts of one room are numbered in the order given.
     * A failure of the store itself is {@link Appended.Failed} for the drafts it hit, never an exception and never a
     * guess: what is reported failed was not stored.
     */
    List<Appended> append(List<Draft> drafts);

    /** The page the query asks for; {@link dev.realtime.error.StoreException} when it cannot be read. */
    HistoryPage history(HistoryQuery query);

    /** The number of the room's last message, 0 when it never had one. */
    long lastSeq(RoomId room);
}
