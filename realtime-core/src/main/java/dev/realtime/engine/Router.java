package dev.realtime.engine;

import dev.realtime.address.UserId;
import dev.realtime.engine.pace.Buckets;
import dev.realtime.engine.pace.TokenBucket;
import dev.realtime.engine.work.Mailbox;
import dev.realtime.error.ErrorCode;
import dev.realtime.error.RealtimeException;
import dev.realtime.json.Payload;
import dev.realtime.protocol.Inbound;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of an event and sees that the client gets its answer. Routes are added before the first event;
 * from then on any thread may call.
 */
public final class Router {
    private final Vocabulary vocabulary;
    private final Admission admission;
    private final Map<String, Route> routes = new HashMap<>();

    /** A router without routes. */
    public Router(Vocabulary vocabulary, Admission admission) {
        this.vocabulary = vocabulary;
        this.admission = admission;
    }

    /** Handles one event. A refusal is an exception; the stage may end on any thread. */
    @FunctionalInterface
    public interface Handler {
        /** The answer to the event, or the promise of one. */
        CompletionStage<Payload> handle(Incoming event);
    }

    /** Has {@code event} handled; {@code failure} is what clients read when it cannot be. */
    public void on(String event, String failure, Handler handler) {
        routes.put(event, new Route(handler, failure, null, null));
    }

    /**
     * The same for an event of which each user may send only so many; refused ones do not count. Those of which
     * {@code place} says the same may be under way at once: the handler takes them one by one and keeps them in the
     * order in which it took them.
     */
    public void onMessage(String event, String failure, Function<Payload, ?> place, Handler handler) {
        routes.put(event, new Route(handler, failure, admission.messages(), place));
    }

    /** The same as {@link #on} for an event that begins a call; those have a limit of their own. */
    public void onCall(String event, String failure, Handler handler) {
        routes.put(event, new Route(handler, failure, admission.calls(), null));
    }

    /** What has to be the same for calls of one session to be under way at once; empty when they never are. */
    Optional<Object> place(Inbound.Call call) {
        Route route = routes.get(call.event());
        return route == null || route.place == null
                ? Optional.empty()
                : data(call).map(route.place);
    }

    /** Answers an event for which there is no room in the node. */
    void refuse(LiveSession session, Inbound.Call call, OptionalLong ackId) {
        Route route = routes.get(call.event());
        session.answer(
                ackId,
                route == null
                        ? vocabulary.unknownEvent()
                        : vocabulary.failure(
                                new RealtimeException(ErrorCode.UNAVAILABLE, "too many events wait"), route.failure));
    }

    private record Route(
            Handler handler,
            String failure,
            @Nullable Buckets<UserId> limit,
            @Nullable Function<Payload, ?> place) {}

    /** Handles the call and answers it; the stage ends after the answer is on its way. */
    CompletionStage<?> route(LiveSession session, Inbound.Call call, OptionalLong ackId, long now) {
        Route route = routes.get(call.event());
        if (route == null) {
            session.answer(ackId, vocabulary.unknownEvent());
            return Mailbox.DONE;
        }
        TokenBucket bucket =
                route.limit == null ? null : route.limit.of(session.principal().user(), now);
        long wait = bucket == null ? 0 : bucket.take(now);
        if (wait > 0) {
            session.answer(ackId, vocabulary.tooFast(Duration.ofNanos(wait)));
            return Mailbox.DONE;
        }
        return answered(session, call, ackId, route, bucket);
    }

    private CompletionStage<?> answered(
            LiveSession session, Inbound.Call call, OptionalLong ackId, Route route, @Nullable TokenBucket bucket) {
        try {
            CompletionStage<Payload> reply = route.handler.handle(new Incoming(session, data(call)));
            return reply.handle((success, failure) -> {
                session.answer(ackId, failure == null ? success : failed(failure, route, bucket));
                return true;
            });
        } catch (RuntimeException | Error failure) {
            // The edge of all handlers: whatever one throws is this event's failure and nobody else's.
            session.answer(ackId, failed(failure, route, bucket));
            return Mailbox.DONE;
        }
    }

    /** A refused event has not used its bucket. */
    private Payload failed(Throwable failure, Route route, @Nullable TokenBucket bucket) {
        if (bucket != null) {
            bucket.giveBack();
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return vocabulary.failure(cause, route.failure);
    }

    private static Optional<Payload> data(Inbound.Call call) {
        List<Payload> arguments = call.arguments();
        return arguments.isEmpty() || arguments.get(0).is(Payload.Kind.NULL)
                ? Optional.empty()
                : Optional.of(arguments.get(0));
    }
}
