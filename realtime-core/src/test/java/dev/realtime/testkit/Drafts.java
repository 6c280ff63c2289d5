package dev.realtime.testkit;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.json.Payload;
import dev.realtime.messaging.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Drafts for tests: plain ones, changed where the test needs it.
 *
 * <pre>{@code
 * Draft draft = Drafts.in(room).from("ana").clientMessageId("c-1").saying("hello");
 * }</pre>
 */
public final class Drafts {
    /** When drafts are said to be made, unless told otherwise. */
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00.000Z");

    private final RoomId room;
    private UserId sender = new UserId("ana");
    private Optional<UserId> recipient = Optional.empty();
    private Optional<VisitId> visit = Optional.empty();
    private Optional<String> clientMessageId = Optional.empty();
    private Optional<List<String>> attachments = Optional.empty();
    private Payload metadata = Payload.parse("{\"senderRole\":\"patient\"}");
    private Instant proposedAt = NOON;

    private Drafts(RoomId room) {
        this.room = room;
    }

    /** Drafts for the room, from the user {@code ana} at {@link #NOON}. */
    public static Drafts in(RoomId room) {
        return new Drafts(room);
    }

    /** A room that no other test knows. */
    public static RoomId freshRoom() {
        return new RoomId("room:" + UUID.randomUUID());
    }

    /** A visit that no other test knows. */
    public static VisitId freshVisit() {
        return new VisitId("visit-" + UUID.randomUUID());
    }

    /** Another sender. */
    public Drafts from(String user) {
        sender = new UserId(user);
        return this;
    }

    /** A recipient. */
    public Drafts to(String user) {
        recipient = Optional.of(new UserId(user));
        return this;
    }

    /** The visit it belongs to. */
    public Drafts of(VisitId visit) {
        this.visit = Optional.of(visit);
        return this;
    }

    /** The id under which a retry is recognised. */
    public Drafts clientMessageId(String id) {
        clientMessageId = Optional.of(id);
        return this;
    }

    /** A list of attachments, which may be empty. */
    public Drafts with(List<String> attachments) {
        this.attachments = Optional.of(attachments);
        return this;
    }

    /** Other metadata, as JSON. */
    public Drafts metadata(String json) {
        metadata = Payload.parse(json);
        return this;
    }

    /** Another time. */
    public Drafts at(Instant moment) {
        proposedAt = moment;
        return this;
    }

    /** A new draft with a new id. */
    public Draft saying(String text) {
        return new Draft(
                newId(), room, sender, recipient, visit, clientMessageId, text, attachments, metadata, proposedAt);
    }

    /** A random id of version 7 (RFC 9562 section 5.7), at the present time. */
    private static UUID newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (System.currentTimeMillis() << 16) | 0x7000 | random.nextInt(0x1000);
        return new UUID(high, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }
}
