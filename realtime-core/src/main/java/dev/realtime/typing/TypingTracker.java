package dev.realtime.typing;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.time.Timers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Knows who is writing on this node, so that nobody seems to write for ever: who does not say so again in time, or
 * whose session ends, has stopped, and others are told.
 *
 * <p>Any thread may call; the calls for one session come one at a time. A session that writes costs an entry for each
 * room and one alarm, however often it says so; a session that does not costs nothing.
 */
public final class TypingTracker {
    private final TypingListener listener;
    private final Timers timers;
    private final Executor executor;
    private final TypingSettings settings;
    private final Map<SessionId, Writer> writers = new ConcurrentHashMap<>();

    /** {@code executor} tells the listener when an alarm rings. */
    public TypingTracker(TypingListener listener, Timers timers, Executor executor, TypingSettings settings) {
        this.listener = listener;
        this.timers = timers;
        this.executor = executor;
        this.settings = settings;
    }

    /** The user writes, or still does. */
    public void start(Typing typing) {
        List<Typing> silenced = new ArrayList<>();
        writers.compute(typing.session(), (session, known) -> {
            Writer writer = known == null ? new Writer(session) : known;
            writer.start(typing).ifPresent(silenced::add);
            return writer;
        });
        silenced.forEach(listener::stopped);
        listener.started(typing);
    }

    /** The user has stopped; told to others also when nothing was known of it. */
    public void stop(Typing typing) {
        writers.computeIfPresent(typing.session(), (session, writer) -> {
            writer.rooms.remove(typing.room());
            return writer.orGone();
        });
        listener.stopped(typing);
    }

    /** The session is gone, or has lost its connection. */
    public void ended(SessionId session) {
        Writer writer = writers.remove(session);
        if (writer != null) {
            writer.cancel();
            writer.rooms.values().forEach(silent -> listener.stopped(silent.typing()));
        }
    }

    /** How many sessions write just now. */
    public int count() {
        return writers.size();
    }

    private void expire(SessionId session) {
        List<Typing> silent = new ArrayList<>();
        writers.computeIfPresent(session, (id, writer) -> {
            silent.addAll(writer.expired());
            return writer.orGone();
        });
        silent.forEach(listener::stopped);
    }

    private record Deadline(Typing typing, long at) {}

    /** The rooms for which one session writes, the one longest silent first. Guarded by its place in the map. */
    private final class Writer {
        private final SessionId session;
        private final LinkedHashMap<RoomId, Deadline> rooms = new LinkedHashMap<>();
        private Optional<Timers.Alarm> alarm = Optional.empty();

        Writer(SessionId session) {
            this.session = session;
        }

        /** Notes it, and tells of which room there is no place left. */
        Optional<Typing> start(Typing typing) {
            rooms.remove(typing.room());
            Optional<Typing> silenced = Optional.empty();
            if (rooms.size() >= settings.perSession()) {
                Iterator<Deadline> longestSilent = rooms.values().iterator();
                silenced = Optional.of(longestSilent.next().typing());
                longestSilent.remove();
            }
            rooms.put(
                    typing.room(),
                    new Deadline(typing, timers.nanoTime() + settings.expiry().toNanos()));
            if (alarm.isEmpty()) {
                ring();
            }
            return silenced;
        }

        List<Typing> expired() {
            alarm = Optional.empty();
            List<Typing> silent = new ArrayList<>();
            Iterator<Deadline> oldestFirst = rooms.values().iterator();
            while (oldestFirst.hasNext()) {
                Deadline deadline = oldestFirst.next();
                if (deadline.at() - timers.nanoTime() > 0) {
                    break;
                }
                oldestFirst.remove();
                silent.add(deadline.typing());
            }
            if (!rooms.isEmpty()) {
                ring();
            }
            return silent;
        }

        /** This, or nothing when it writes for no room any more; to be put in its place. */
        private @Nullable Writer orGone() {
            if (rooms.isEmpty()) {
                cancel();
                return null;
            }
            return this;
        }

        void cancel() {
            alarm.ifPresent(Timers.Alarm::cancel);
            alarm = Optional.empty();
        }

        /** One alarm, at the earliest deadline; those that were put off meanwhile are found not due then. */
        private void ring() {
            long at = rooms.values().iterator().next().at();
            alarm = Optional.of(timers.at(at, () -> executor.execute(() -> expire(session))));
        }
    }
}
