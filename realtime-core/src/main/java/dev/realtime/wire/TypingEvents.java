package dev.realtime.wire;

import dev.realtime.address.Audience;
import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.engine.Incoming;
import dev.realtime.engine.Router;
import dev.realtime.error.InvalidValueException;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Fanout;
import dev.realtime.json.Payload;
import dev.realtime.messaging.Target;
import dev.realtime.session.Session;
import dev.realtime.typing.Typing;
import dev.realtime.typing.TypingListener;
import dev.realtime.typing.TypingTracker;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Typing on the wire: {@code typing:start} and {@code typing:stop}, of clients and to those who see them write. */
public final class TypingEvents implements TypingListener {
    private static final String FAILURE = "Failed to send typing state";

    private final Fanout fanout;
    private final InstantSource time;

    /** Tells through {@code fanout}. */
    public TypingEvents(Fanout fanout, InstantSource time) {
        this.fanout = fanout;
        this.time = time;
    }

    /** Has the typing events of clients handled by {@code tracker}. */
    public void route(Router router, TypingTracker tracker, TypingRight right) {
        router.on("typing:start", FAILURE, event -> changed(event, right, tracker::start));
        router.on("typing:stop", FAILURE, event -> changed(event, right, tracker::stop));
    }

    @Override
    public void started(Typing typing) {
        tell("typing:start", typing);
    }

    @Override
    public void stopped(Typing typing) {
        tell("typing:stop", typing);
    }

    private static CompletableFuture<Payload> changed(Incoming event, TypingRight right, Consumer<Typing> change) {
        Session session = event.session();
        Fields fields = Fields.of(event);
        Optional<RoomId> room = fields.id("roomId", RoomId::new);
        Optional<UserId> recipient = fields.id("recipientId", UserId::new);
        Target target = room.<Target>map(Target.ToRoom::new)
                .or(() -> recipient.map(Target.ToUser::new))
                .orElseThrow(() -> new InvalidValueException("roomId", "is missing, and so is recipientId"));
        right.require(session, target);
        UserId user = session.principal().user();
        Optional<UserId> only = room.isPresent() ? Optional.empty() : recipient;
        change.accept(new Typing(user, session.principal().role(), session.id(), target.room(user), only));
        return CompletableFuture.completedFuture(
                Payload.object().put("success", true).end());
    }

    /** Volatile: of a slow client it is the first thing to be dropped. */
    private void tell(String event, Typing typing) {
        Payload data = Payload.object()
                .putPlain("userId", typing.user().value())
                .put("userRole", typing.role())
                .putPlain("roomId", typing.room().value())
                .putPlain("timestamp", Timestamps.of(time.instant()))
                .end();
        Audience to = typing.recipient().map(Audience::user).orElseGet(() -> Audience.room(typing.room()));
        fanout.publish(new Delivery(List.of(to), List.of(Audience.session(typing.session())), event, data, true));
    }
}
