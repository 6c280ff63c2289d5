package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.auth.Principal;
import dev.realtime.error.AccessDeniedException;
import dev.realtime.json.Payload;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Sends messages and reads them back. Any thread may call; every call may block on the stores, and a call to
 * {@link #send} may for a moment store what others sent at the same time.
 */
public final class Messenger {
    private final MessageStore store;
    private final MessageRights rights;
    private final GroupCommit commits;
    private final InstantSource time;
    private final MessagingSettings settings;

    /** {@code executor} runs what must not stay on the thread of one sender; it may block. */
    public Messenger(
            MessageStore store,
            RoomRight rooms,
            MessagePolicy policy,
            MessageListener listener,
            InstantSource time,
            Executor executor,
            MessagingSettings settings) {
        this.store = store;
        this.rights = new MessageRights(rooms, policy);
        this.commits = new GroupCommit(store, listener, executor, settings);
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
        return commits.submit(draft(sender, message));
    }

    /**
     * A page of messages.
     *
     * @throws AccessDeniedException when the reader may not use the room or take part in the visit
     */
    public HistoryPage history(Principal reader, HistoryQuery.Source source, HistoryQuery.Cursor cursor, int limit) {
        rights.requireToRead(reader, source);
        int atMost = Math.max(1, Math.min(HistoryQuery.MAX_LIMIT, limit));
        return store.history(new HistoryQuery(source, cursor, atMost, settings.pageBytes()));
    }

    /** Whether anything was ever said in the room. */
    public boolean hasMessages(RoomId room) {
        return store.lastSeq(room) > 0;
    }

    private Draft draft(Principal sender, NewMessage message) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        RoomId room = message.target().room(sender.user());
        return new Draft(
                MessageIds.next(now),
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
