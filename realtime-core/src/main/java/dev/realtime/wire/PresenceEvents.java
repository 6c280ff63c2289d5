package dev.realtime.wire;

import dev.realtime.address.Audience;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.engine.Incoming;
import dev.realtime.engine.Router;
import dev.realtime.error.InvalidValueException;
import dev.realtime.error.StoreException;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Fanout;
import dev.realtime.json.ObjectWriter;
import dev.realtime.json.Payload;
import dev.realtime.presence.Availability;
import dev.realtime.presence.Presence;
import dev.realtime.presence.PresenceListener;
import dev.realtime.presence.PresenceTracker;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Presence on the wire: {@code presence:get}, {@code presence:setStatus}, {@code presence:subscribe} and {@code
 * presence:unsubscribe} of clients, and what they hear of those they watch.
 */
public final class PresenceEvents implements PresenceListener {
    private static final Logger log = LoggerFactory.getLogger(PresenceEvents.class);

    private static final int MOST_USERS = 500;
    private static final int MOST_WORDS = 128;
    private static final String SUBSCRIPTION_FAILURE = "Failed to change subscription";

    private final Fanout fanout;
    private final InstantSource time;

    /** Tells through {@code fanout}. */
    public PresenceEvents(Fanout fanout, InstantSource time) {
        this.fanout = fanout;
        this.time = time;
    }

    /** Has the presence events of clients handled by {@code tracker}, and what they watch noted in {@code watching}. */
    public void route(Router router, PresenceTracker tracker, Watching watching) {
        router.on("presence:get", "Failed to get presence data", event -> get(tracker, event));
        router.on("presence:setStatus", "Failed to set status", event -> setStatus(tracker, event));
        router.on("presence:subscribe", SUBSCRIPTION_FAILURE, event -> subscribe(watching, event));
        router.on("presence:unsubscribe", SUBSCRIPTION_FAILURE, event -> unsubscribe(watching, event));
    }

    /**
     * To all who watch the user. The first of a kind leaves at once; those that come right behind may wait a moment for
     * each other, so that a thousand arrivals cost each who watches them a few writes.
     */
    @Override
    public void changed(Presence presence) {
        ObjectWriter data = Payload.object();
        write(data, presence);
        UserId user = presence.user();
        fanout.publish(Delivery.conflated(
                        Audience.watchers(user),
                        "presence:changed",
                        data.putPlain("timestamp", now()).end(),
                        user.value())
                .lingering());
    }

    @Override
    public void failed(StoreException away) {
        log.warn("presence waits for its store: {}", away.getMessage());
    }

    /** How those are seen whom the session watches. */
    void tellInitial(SessionId session, List<Presence> presences) {
        Payload data = Payload.object()
                .putEach("presences", presences, PresenceEvents::write)
                .end();
        fanout.publish(Delivery.of(Audience.session(session), "presence:initial", data));
    }

    private static CompletionStage<Payload> get(PresenceTracker tracker, Incoming event) {
        List<UserId> users = tracker.visible(event.session().principal(), requiredUsers(event));
        return done(Payload.object()
                .put("success", true)
                .putEach("presences", tracker.find(users), (object, presence) -> {
                    write(object, presence);
                    object.put("isOnline", presence.isOnline());
                }));
    }

    private CompletionStage<Payload> setStatus(PresenceTracker tracker, Incoming event) {
        Fields fields = Fields.of(event);
        Availability status = status(fields);
        Optional<String> words = fields.text("customStatus");
        if (words.filter(text -> text.length() > MOST_WORDS).isPresent()) {
            throw new InvalidValueException("customStatus", "is longer than " + MOST_WORDS);
        }
        UserId user = event.session().principal().user();
        tracker.setStatus(user, status, words);
        Payload data = Payload.object()
                .putPlain("userId", user.value())
                .put("status", word(status))
                .put("customStatus", words)
                .putPlain("timestamp", now())
                .end();
        fanout.publish(Delivery.of(Audience.session(event.session().id()), "presence:statusUpdated", data));
        return success();
    }

    private static CompletionStage<Payload> subscribe(Watching watching, Incoming event) {
        watching.subscribe(event.session(), requiredUsers(event));
        return success();
    }

    private static CompletionStage<Payload> unsubscribe(Watching watching, Incoming event) {
        SessionId session = event.session().id();
        Optional<List<UserId>> users = event.data().isEmpty() ? Optional.empty() : users(event);
        users.ifPresentOrElse(these -> watching.unsubscribe(session, these), () -> watching.unsubscribe(session));
        return success();
    }

    private static List<UserId> requiredUsers(Incoming event) {
        return users(event).orElseThrow(() -> new InvalidValueException("userIds", "are missing"));
    }

    private static Optional<List<UserId>> users(Incoming event) {
        return Fields.of(event).ids("userIds", MOST_USERS, UserId::new);
    }

    private static Availability status(Fields fields) {
        String word = fields.text("status").orElse("");
        for (Availability status : Availability.values()) {
            if (word(status).equals(word)) {
                return status;
            }
        }
        throw new InvalidValueException("status", "is missing or none of those there are");
    }

    private static void write(ObjectWriter object, Presence presence) {
        object.putPlain("userId", presence.user().value())
                .put("status", word(presence.status()))
                .putPlain("lastSeen", Timestamps.of(presence.lastSeen()))
                .put("customStatus", presence.customStatus());
    }

    private static String word(Availability status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static CompletionStage<Payload> success() {
        return done(Payload.object().put("success", true));
    }

    private static CompletionStage<Payload> done(ObjectWriter reply) {
        return CompletableFuture.completedFuture(reply.end());
    }

    private String now() {
        return Timestamps.of(time.instant());
    }
}
