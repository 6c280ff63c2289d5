package dev.realtime.protocol.engineio;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.HttpAnswer;
import dev.realtime.transport.HttpExchange;
import dev.realtime.transport.Transport;
import java.time.Duration;
import java.util.Optional;

/**
 * The way out of a session that is polled: one GET at a time is held until there is something to say, and answered
 * with all of it; what the completion of a write brings goes into the same answer. Safe for many threads.
 */
final class Gets {
    /** How long a GET is held while a WebSocket is on trial: the client waits for it before it goes over. */
    static final Duration HOLD_ON_TRIAL = Duration.ofMillis(100);

    private static final Frame NOOP = Frame.text("6");
    private static final HttpAnswer CONFLICT = HttpAnswer.empty(400);

    private final Polling polling;
    private final PollingState state;
    private final EngineIoSession session;
    private final EngineIoAcceptor home;

    Gets(Polling polling, PollingState state, EngineIoSession session, EngineIoAcceptor home) {
        this.polling = polling;
        this.state = state;
        this.session = session;
        this.home = home;
    }

    /** A GET: answered when there is something to say. A second one at the same time ends the session. */
    void get(HttpExchange get) {
        switch (state.enter(get)) {
            case OVER -> get.answer(EngineIoError.UNKNOWN_SESSION.answer());
            case MOVED -> get.answer(EngineIoError.BAD_REQUEST.answer());
            case DUPLICATE -> {
                get.answer(CONFLICT);
                session.drop(CloseReason.BAD_FRAME);
            }
            case HELD -> hold(get);
            case HELD_ON_TRIAL -> {
                hold(get);
                home.timers().after(HOLD_ON_TRIAL, () -> release(get));
            }
        }
    }

    /** Answers the GET that waits, if there is something to say. */
    void flush() {
        state.takePoll().ifPresent(this::answer);
    }

    /** Answers the GET that waits with nothing, so that its client may go over to a WebSocket. */
    void release() {
        state.held().ifPresent(this::release);
    }

    private void hold(HttpExchange get) {
        get.whenGone(() -> lost(get));
        flush();
    }

    private void release(HttpExchange get) {
        if (state.release(get)) {
            get.answer(PollPayload.of(NOOP));
        }
    }

    private void answer(HttpExchange get) {
        PollPayload payload = new PollPayload();
        for (Optional<PendingWrite> next = next(payload); next.isPresent(); next = next(payload)) {
            next.get().goInto(payload);
        }
        Goodbye goodbye = state.goodbye(payload.length() == 0);
        payload.add(goodbye.packets());
        // Empty when a WebSocket was quicker to take what there was.
        get.answer(payload.length() > 0 ? payload.answer() : EngineIoError.BAD_REQUEST.answer(), new Answering());
        if (goodbye.isLast()) {
            polling.end();
        }
    }

    private Optional<PendingWrite> next(PollPayload payload) {
        return payload.length() < home.settings().maxPayload() ? state.takeWrite() : Optional.empty();
    }

    /** The client has cut a GET that was not answered. */
    private void lost(HttpExchange get) {
        if (state.lose(get)) {
            session.drop(CloseReason.LOST);
        }
    }

    /** An answer on its way. Whether it arrives is of no matter once the session has moved on. */
    private final class Answering implements Transport.Completion {
        @Override
        public void written() {
            state.isAnswered();
            flush();
        }

        @Override
        public void failed(Throwable cause) {
            if (state.isPolled()) {
                session.broken();
            }
        }
    }
}
