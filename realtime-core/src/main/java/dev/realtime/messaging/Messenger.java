package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.TimedUuid;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.auth.Principal;
import dev.realtime.error.AccessDeniedException;
import dev.realtime.error.InvalidValueException;
import dev.realtime.json.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Sends messages and reads them back. Any thread may call; every call may block on the stores, and a call to
 * {@link #send} may for a moment store what others sent at the same time.
 */
public final class Messenger {
    /** How many ids one receipt names at most. */
    public static final int MAX_IDS = 500;

    private static final int MAX_UNREAD_ROOMS = 500;

    private final MessageStore store;
    private final MessageRights rights;
    private final GroupCommit commits;
    private final Receipts receipts;
    private final InstantSource time;
    private final MessagingSettings settings;

    /** {@code executor} runs what must not stay on the thread of one sender; it may block. */
    public Messenger(
            MessageStore store,
            MessageRights rights,
            MessageListener listener,
            InstantSource time,
            Executor executor,
            MessagingSettings settings) {
        this.store = store;
        this.rights = rights;
        this.commits = new GroupCommit(store, listener, executor, settings);
        this.receipts = new Receipts(store, listener, time, executor, settings);
        this.time = time;
        this.settings = settings;
    }

    /**
     * Stores the message and announces it, in this order; the stage ends after both. A retry of a message that is
     * already stored ends with the first one and announces nothing. Storage failures end the stage with
     * {@link dev.realtime.error.StoreException}: nothing was announced.
     *
     * @throws AccessDeniedException at once, when the sender may not write there
     */
    public CompletionStage<Message> send(Principal sender, NewMessage message) {
        rights.requireToSend(sender, message);
        return commits.submit(draft(sender, message), message.target());
    }

    /**
     * A page of messages.
     *
     * @throws AccessDeniedException when the reader may not use the room or take part in the visit
     */
    public History history(Principal reader, HistoryQuery.Source source, HistoryQuery.Cursor cursor, int limit) {
        rights.requireToRead(reader, source);
        int atMost = Math.max(1, Math.min(HistoryQuery.MAX_LIMIT, limit));
        HistoryPage page = store.history(new HistoryQuery(source, cursor, atMost, settings.pageBytes()));
        Set<RoomId> rooms = page.messages().stream().map(Message::room).collect(Collectors.toSet());
        return new History(page.messages(), page.hasMore(), rooms.isEmpty() ? Map.of() : store.reach(rooms));
    }

    /**
     * Stores that messages of a room have arrived or were read, and announces it to the room; the stage ends after
     * both. Only ids of messages in that room are stored, all are announced. Storage failures end the stage with
     * {@link dev.realtime.error.StoreException}: nothing was announced.
     *
     * @throws AccessDeniedException at once, when the reader may not use the room
     */
    public CompletionStage<Void> acknowledge(Reader reader, ReceiptKind kind, RoomId room, List<String> messageIds) {
        rights.requireToUse(reader.who(), room);
        return receipts.submit(new Receipts.Said(
                kind,
                reader.who().user(),
                Optional.of(reader.session()),
                Optional.of(room),
                requireFew(messageIds),
                any -> true));
    }

    /**
     * The same for messages of any room, of which their senders hear. Ids of no message and those of rooms that the
     * reader may not use are left out.
     */
    public CompletionStage<Void> acknowledge(Reader reader, ReceiptKind kind, List<String> messageIds) {
        return receipts.submit(new Receipts.Said(
                kind,
                reader.who().user(),
                Optional.of(reader.session()),
                Optional.empty(),
                requireFew(messageIds),
                room -> rights.rooms().mayUse(reader.who(), room)));
    }

    /** The user has read these messages, says the host: as {@link #acknowledge}, whatever the user's rights. */
    public CompletionStage<Void> markRead(UserId user, List<String> messageIds) {
        return receipts.submit(new Receipts.Said(
                ReceiptKind.READ, user, Optional.empty(), Optional.empty(), requireFew(messageIds), any -> true));
    }

    /** What the user has not read yet, room by room, the one with the newest message first; at most 500 are listed. */
    public Unread unread(UserId user) {
        return store.unread(user, rights.visitRoomsOf(user), MAX_UNREAD_ROOMS);
    }

    /**
     * Deletes all messages older than the moment and tells how many; may take long. Numbers of rooms go on.
     *
     * @throws dev.realtime.error.StoreException when it failed; what was deleted until then stays so
     */
    public long deleteBefore(Instant moment) {
        return store.deleteBefore(moment);
    }

    /**
     * Deletes what the user has said and read, in all rooms, and tells how many messages that were; may take long.
     * What others have said to the user stays, and so do ids of rooms, which may name the user.
     *
     * @throws dev.realtime.error.StoreException when it failed; to be called again
     */
    public long erase(UserId user) {
        return store.erase(user);
    }

    /** Whether anything was ever said in the room. */
    public boolean hasMessages(RoomId room) {
        return store.lastSeq(room) > 0;
    }

    private static List<String> requireFew(List<String> messageIds) {
        if (messageIds.size() > MAX_IDS) {
            throw new InvalidValueException("messageIds", "are more than " + MAX_IDS);
        }
        return List.copyOf(messageIds);
    }

    private Draft draft(Principal sender, NewMessage message) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        RoomId room = message.target().room(sender.user());
        return new Draft(
                TimedUuid.next(now),
                room,
                sender.user(),
                message.recipient(),
                message.visit().or(() -> visitOf(room)),
                message.clientMessageId(),
                message.text(),
                message.attachments(),
                message.metadata().with("senderRole", Payload.of(sender.role())),
                now);
    }

    /** An admin may write to a room that begins like that of a visit and cannot belong to one. */
    private static Optional<VisitId> visitOf(RoomId room) {
        return Optional.of(room.value())
                .filter(id -> id.startsWith("visit:"))
                .map(id -> id.substring("visit:".length()))
                .filter(id -> !id.isEmpty() && id.length() <= VisitId.MAX_LENGTH && id.indexOf(':') < 0)
                .map(VisitId::new);
    }
}
