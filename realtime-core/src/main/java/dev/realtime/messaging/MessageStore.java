package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps messages, numbers them, and knows how far each user has come. Called on worker threads, where it may block,
 * from many at once and from several nodes on the same data. {@code MessageStoreContract} in the test-jar tests each
 * sentence here.
 *
 * <p>Acknowledged means stored: a message that {@link #append} has answered survives the death of this process, as
 * far as the store outlives it at all. Numbers start at 1 in each room and have no gaps; a message's timestamp is
 * never before that of its predecessor in the room. One message stands for all drafts with the same room, sender and
 * client message id, for as long as it lives. Texts come back as they went in, to the last character.
 *
 * <p>A store that cannot be reached answers with {@link dev.realtime.error.StoreException}.
 */
public interface MessageStore {

    /**
     * Stores the drafts and answers for each, in the same order. Drafts of one room are numbered in the order given.
     * A failure of the store itself is {@link Appended.Failed} for the drafts it hit, never an exception and never a
     * guess: what is reported failed was not stored.
     */
    List<Appended> append(List<Draft> drafts);

    /** The page the query asks for. */
    HistoryPage history(HistoryQuery query);

    /** The number of the room's last message, 0 when it never had one. */
    long lastSeq(RoomId room);

    /** Where the messages with these ids stand, in any order; ids of no message are left out. */
    List<Located> locate(Set<UUID> ids);

    /**
     * Moves each user's marker in each room to the further of the one there and the one given: markers never move back,
     * and marking again changes nothing. All of them, or a {@link dev.realtime.error.StoreException} and possibly some.
     */
    void mark(List<Marker> markers);

    /** How far receipts have come in these rooms; rooms without any may be left out. */
    Map<RoomId, Reach> reach(Set<RoomId> rooms);

    /**
     * What the user has not read in the user's rooms that have messages: the chats whose id names the user, rooms in
     * which the user has sent or has a read marker, and those of {@code also}. At most {@code limit} rooms are listed.
     * A message counts for as long as it can be read, and the user's own never does.
     */
    Unread unread(UserId user, Collection<RoomId> also, int limit);

    /**
     * Deletes all messages older than the moment and tells how many. Numbers go on, markers stay; a retry of a deleted
     * message is a new one.
     */
    long deleteBefore(Instant moment);

    /**
     * Deletes what the user has said and how far the user has come, and tells how many messages that were. Their
     * numbers stay empty. What others have said to the user is theirs and stays, and so do ids of rooms.
     */
    long erase(UserId user);
}
