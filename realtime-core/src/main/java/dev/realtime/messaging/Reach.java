package dev.realtime.messaging;

import dev.realtime.address.UserId;
import java.util.Optional;

/**
 * How far receipts have come in one room: what a message's status takes, whoever sent it. Two markers of each kind are
 * enough, those of the two users who are furthest, because only the sender's own does not count.
 *
 * @param delivered of what has arrived
 * @param read of what was read
 */
public record Reach(Furthest delivered, Furthest read) {
    /** Of a room in which nothing was received yet. */
    public static final Reach NONE = new Reach(Furthest.NONE, Furthest.NONE);

    /** This, with one more marker of the room looked at. */
    public Reach with(Marker marker) {
        return new Reach(delivered.with(marker.user(), marker.delivered()), read.with(marker.user(), marker.read()));
    }

    /** The status of a message of this room. */
    public MessageStatus statusOf(Message message) {
        if (read.passes(message)) {
            return MessageStatus.READ;
        }
        return delivered.passes(message) ? MessageStatus.DELIVERED : MessageStatus.SENT;
    }

    /**
     * The two furthest markers of one kind.
     *
     * @param user whose marker is furthest; empty while there is none
     * @param seq where it stands
     * @param others where the furthest marker of anybody else stands, 0 when there is none
     */
    public record Furthest(Optional<UserId> user, long seq, long others) {
        /** Of no markers. */
        public static final Furthest NONE = new Furthest(Optional.empty(), 0, 0);

        /** This, with the marker of one user looked at; markers may come in any order, and one user's more than once. */
        public Furthest with(UserId who, long reached) {
            if (reached <= others) {
                return this;
            }
            if (user.filter(who::equals).isPresent()) {
                return reached > seq ? new Furthest(user, reached, others) : this;
            }
            return reached > seq ? new Furthest(Optional.of(who), reached, seq) : new Furthest(user, seq, reached);
        }

        /** Whether anybody but its sender has come as far as the message. */
        boolean passes(Message message) {
            boolean isOwn = user.filter(message.sender()::equals).isPresent();
            return (isOwn ? others : seq) >= message.seq();
        }
    }
}
