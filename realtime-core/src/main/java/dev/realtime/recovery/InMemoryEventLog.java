package dev.realtime.recovery;

import dev.realtime.address.Audience;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Position;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The log of one node, in its memory and gone with it. It keeps so many events and bytes for so long; of three bounds
 * the first that is reached lets the oldest go. Safe for many threads.
 */
public final class InMemoryEventLog implements EventLog {

    /**
     * How much is kept.
     *
     * @param events how many events
     * @param bytes how large their data is together; the newest stays, however large
     * @param age how long
     */
    public record Bounds(int events, long bytes, Duration age) {
        /** 10,000 events, 16 MB, 2 minutes. */
        public static final Bounds DEFAULTS = new Bounds(10_000, 16L << 20, Duration.ofMinutes(2));
    }

    private final Bounds bounds;
    private final InstantSource time;
    private final String epoch = newEpoch();
    private final ArrayDeque<Missed.Entry> entries = new ArrayDeque<>();
    private long bytes;
    private long head;
    /** Events up to here may be gone. */
    private long trimmed;

    /** An empty log. */
    public InMemoryEventLog(Bounds bounds, InstantSource time) {
        this.bounds = bounds;
        this.time = time;
        this.head = Position.stampAt(time.millis());
        this.trimmed = head;
    }

    @Override
    public synchronized Position append(Delivery delivery) {
        long now = time.millis();
        head = Math.max(head + 1, Position.stampAt(now));
        Missed.Entry entry = new Missed.Entry(new Position(head, epoch), delivery);
        entries.add(entry);
        bytes += delivery.data().size();
        trim(now);
        return entry.position();
    }

    @Override
    public synchronized Position head() {
        return new Position(head, epoch);
    }

    @Override
    public synchronized Missed since(Position position, List<Audience> audiences) {
        trim(time.millis());
        if (!position.epoch().equals(epoch) || position.stamp() < trimmed || position.stamp() > head) {
            return new Missed.Incomplete();
        }
        Set<Audience> named = new HashSet<>(audiences);
        List<Missed.Entry> after = new ArrayList<>();
        for (Missed.Entry entry : entries) {
            if (entry.position().stamp() > position.stamp() && isFor(entry.delivery(), named)) {
                after.add(entry);
            }
        }
        return new Missed.Complete(after);
    }

    private void trim(long now) {
        long oldest = Position.stampAt(now - bounds.age().toMillis());
        while (entries.size() > bounds.events()
                || (entries.size() > 1 && bytes > bounds.bytes())
                || (!entries.isEmpty() && entries.peek().position().stamp() < oldest)) {
            Missed.Entry gone = entries.remove();
            bytes -= gone.delivery().data().size();
            trimmed = gone.position().stamp();
        }
    }

    private static boolean isFor(Delivery delivery, Set<Audience> audiences) {
        return delivery.to().stream()
                        .anyMatch(audience -> audience instanceof Audience.Everyone || audiences.contains(audience))
                && delivery.except().stream().noneMatch(audiences::contains);
    }

    private static String newEpoch() {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }
}
