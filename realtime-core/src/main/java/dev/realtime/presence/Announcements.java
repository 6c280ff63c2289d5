package dev.realtime.presence;

import dev.realtime.address.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells of changes, of one user at most once in a while: the first at once, then the last of those that came meanwhile.
 * A change that overtakes an older one of its user makes that one void, and what is told late is what holds by then, as
 * another node may have told of something newer. A user of whom nothing is told costs nothing after a while, and one who
 * changes once no alarm. Any thread may call.
 */
final class Announcements {
    /** How much later than a newer one a change may come and still be known to be void. */
    private static final long MEMORY = Duration.ofSeconds(10).toNanos();

    private final Consumer<Presence> listener;
    private final Function<UserId, Optional<Presence>> current;
    private final Clockwork clockwork;
    private final long interval;
    private final Map<UserId, Turn> turns = new ConcurrentHashMap<>();
    private final AtomicLong tellings = new AtomicLong();

    /** {@code current} tells what holds now, when that can be known. */
    Announcements(
            Consumer<Presence> listener,
            Function<UserId, Optional<Presence>> current,
            Clockwork clockwork,
            Duration interval) {
        this.listener = listener;
        this.current = current;
        this.clockwork = clockwork;
        this.interval = interval.toNanos();
    }

    void offer(Change change) {
        turns.compute(change.presence().user(), (user, known) -> {
                    Turn turn = known == null ? new Turn() : known;
                    turn.take(change);
                    return turn;
                })
                .news
                .tell();
    }

    /** How often something was told so far. */
    long tellings() {
        return tellings.get();
    }

    /** Those of whom something was told after so many tellings. */
    List<UserId> toldSince(Collection<UserId> users, long before) {
        return users.stream()
                .filter(user -> Optional.ofNullable(turns.get(user))
                        .filter(turn -> turn.telling > before)
                        .isPresent())
                .toList();
    }

    /** Lets go of users of whom nothing was told for a while. */
    void sweep() {
        long now = now();
        turns.keySet()
                .forEach(user -> turns.computeIfPresent(
                        user,
                        (key, turn) -> turn.latest == null && now - turn.toldAt > interval + MEMORY ? null : turn));
    }

    /** Of how many users something is remembered. */
    int count() {
        return turns.size();
    }

    private void tellLatest(UserId user) {
        long version =
                Optional.ofNullable(turns.get(user)).map(turn -> turn.version).orElse(Long.MIN_VALUE);
        Optional<Presence> now = current.apply(user);
        Turn over = turns.computeIfPresent(user, (key, turn) -> {
            // What came while the store was read is newer than that.
            turn.end(turn.version == version ? now : Optional.empty());
            return turn;
        });
        if (over != null) {
            over.news.tell();
        }
    }

    private long now() {
        return clockwork.timers().nanoTime();
    }

    /** What was told of one user, and what is to be told next. Changed only in its place in the map. */
    private final class Turn {
        private final InOrder news = new InOrder();
        private @Nullable Presence told;
        private long toldAt;
        /** The number of its last telling. */
        private volatile long telling;
        /** What is told at the end of the interval; without it there is no alarm. */
        private @Nullable Presence latest;

        private volatile long version = Long.MIN_VALUE;
        /** Whether another node may have told of something else since: there were changes that this one did not see. */
        private boolean isOvertaken;

        void take(Change change) {
            if (change.version() <= version) {
                return;
            }
            isOvertaken |= change.version() != version + 1;
            version = change.version();
            Presence presence = change.presence();
            if (latest != null) {
                latest = presence;
            } else if (told == null || now() - toldAt >= interval) {
                tell(presence);
            } else {
                latest = presence;
                UserId user = presence.user();
                clockwork
                        .timers()
                        .at(toldAt + interval, () -> clockwork.workers().execute(() -> tellLatest(user)));
            }
        }

        /** What has become of the user meanwhile may be what was told already. */
        void end(Optional<Presence> now) {
            Presence last = latest == null ? null : now.orElse(latest);
            latest = null;
            if (last != null && (told == null || isOvertaken || !last.looksLike(told))) {
                tell(last);
            }
        }

        private void tell(Presence presence) {
            told = presence;
            isOvertaken = false;
            toldAt = now();
            telling = tellings.incrementAndGet();
            news.add(() -> listener.accept(presence));
        }
    }
}
