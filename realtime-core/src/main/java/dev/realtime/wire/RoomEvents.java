package dev.realtime.wire;

import dev.realtime.address.Audience;
import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.engine.Hub;
import dev.realtime.engine.Incoming;
import dev.realtime.engine.Router;
import dev.realtime.error.AccessDeniedException;
import dev.realtime.error.InvalidValueException;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Fanout;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import dev.realtime.room.Participant;
import dev.realtime.room.RoomListener;
import dev.realtime.room.RoomManager;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Rooms on the wire: {@code room:join}, {@code room:leave}, {@code room:participants} and what others hear of them. */
public final class RoomEvents implements RoomListener {
    private static final Set<String> TYPES = Set.of("chat", "video_call", "notification");
    private static final int MAX_METADATA = 4_096;

    private final Hub hub;
    private final Fanout fanout;
    private final InstantSource time;

    /** Tells the sessions of {@code hub} through {@code fanout}. */
    public RoomEvents(Hub hub, Fanout fanout, InstantSource time) {
        this.hub = hub;
        this.fanout = fanout;
        this.time = time;
    }

    /** Has the room events of clients handled by {@code rooms}. */
    public void route(Router router, RoomManager rooms) {
        router.on("room:join", "Failed to join room", event -> join(rooms, event));
        router.on("room:leave", "Failed to leave room", event -> leave(rooms, event));
        router.on("room:participants", "Failed to get participants", event -> participants(rooms, event));
    }

    @Override
    public void joined(RoomId room, Participant participant) {
        hub.enter(participant.session(), room);
        Payload data = Payload.object()
                .putPlain("userId", participant.user().value())
                .put("userRole", participant.role())
                .putPlain("socketId", participant.session().value())
                .putPlain("roomId", room.value())
                .putPlain("timestamp", now())
                .end();
        fanout.publish(Delivery.of(Audience.room(room), "room:userJoined", data)
                .butNot(Audience.session(participant.session()))
                .lingering());
    }

    @Override
    public void left(RoomId room, Participant participant, Optional<String> reason) {
        if (reason.isEmpty()) {
            // Who only lost its connection still has to hear what is said there, should it come back.
            hub.exit(participant.session(), room);
        }
        Payload data = Payload.object()
                .putPlain("userId", participant.user().value())
                .putPlain("socketId", participant.session().value())
                .putPlain("roomId", room.value())
                .put("reason", reason)
                .putPlain("timestamp", now())
                .end();
        fanout.publish(Delivery.of(Audience.room(room), "room:userLeft", data)
                .butNot(Audience.session(participant.session()))
                .lingering());
    }

    private CompletionStage<Payload> join(RoomManager rooms, Incoming event) {
        Fields fields = Fields.of(event);
        RoomId room = fields.requiredId("roomId", RoomId::new);
        Optional<VisitId> claim = claimIn(fields.object("metadata"));
        String type = typeOf(event, room);
        List<Participant> present =
                rooms.join(event.session().principal(), event.session().id(), room, claim);
        return done(success(room)
                .put("roomType", type)
                .putEach("participants", present, RoomEvents::write)
                .putPlain("timestamp", now()));
    }

    private CompletionStage<Payload> leave(RoomManager rooms, Incoming event) {
        RoomId room = Fields.of(event).requiredId("roomId", RoomId::new);
        rooms.leave(event.session().id(), room);
        return done(success(room).putPlain("timestamp", now()));
    }

    private CompletionStage<Payload> participants(RoomManager rooms, Incoming event) {
        RoomId room = Fields.of(event).requiredId("roomId", RoomId::new);
        List<Participant> present =
                rooms.participants(event.session().principal(), event.session().id(), room);
        return done(success(room).putEach("participants", present, RoomEvents::write));
    }

    /** The type gives no right, but one that does not exist is refused like a room that does not. */
    private static String typeOf(Incoming event, RoomId room) {
        return event.data()
                .flatMap(data -> data.get("roomType"))
                .filter(type -> type.is(Payload.Kind.TEXT))
                .map(Payload::asText)
                .filter(TYPES::contains)
                .orElseThrow(() -> new AccessDeniedException(
                        AccessDeniedException.Subject.ROOM, "room " + room + " has no such type"));
    }

    /** A visit id that cannot be one claims nothing: other clients put what they like in there. */
    private static Optional<VisitId> claimIn(Optional<Payload> metadata) {
        if (metadata.stream().anyMatch(value -> value.size() > MAX_METADATA)) {
            throw new InvalidValueException("metadata", "is too large");
        }
        return metadata.flatMap(value -> value.get("visitId"))
                .filter(visit -> visit.is(Payload.Kind.TEXT))
                .map(Payload::asText)
                .filter(visit -> visit.matches("[A-Za-z0-9._@+=|~-]{1," + VisitId.MAX_LENGTH + "}"))
                .map(VisitId::new);
    }

    private static ObjectWriter success(RoomId room) {
        return Payload.object().put("success", true).putPlain("roomId", room.value());
    }

    private static CompletionStage<Payload> done(ObjectWriter reply) {
        return CompletableFuture.completedFuture(reply.end());
    }

    private static void write(ObjectWriter object, Participant participant) {
        object.putPlain("socketId", participant.session().value())
                .putPlain("userId", participant.user().value())
                .put("userRole", participant.role())
                .putPlain("joinedAt", Timestamps.of(participant.joinedAt()));
    }

    private String now() {
        return Timestamps.of(time.instant());
    }
}
