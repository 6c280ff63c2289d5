package dev.realtime.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Cuts one page out of items that are offered one by one, until it is complete or there are no more; whoever offers
 * need not count or weigh.
 *
 * <p>A page ends at its limit, or before the item that would take it over its bytes; it holds at least one. Those who
 * read on from a moment would miss what shares it, so a page that keeps moments whole takes all items of its last
 * millisecond, over its limit if need be, or none of them when they do not all fit into its bytes; only a millisecond
 * larger than a whole page is split. For one thread.
 *
 * @param <T> the items
 */
public final class Pager<T> {
    private final int limit;
    private final int maxBytes;
    private final Optional<Function<T, Instant>> moments;
    private final List<T> taken = new ArrayList<>();
    private long bytes;
    private boolean isFull;

    private Pager(int limit, int maxBytes, Optional<Function<T, Instant>> moments) {
        this.limit = limit;
        this.maxBytes = maxBytes;
        this.moments = moments;
    }

    /** An empty page of items that come in the order of their moments, backwards, and go on from one. */
    public static <T> Pager<T> keepingMoments(int limit, int maxBytes, Function<T, Instant> moment) {
        return new Pager<>(limit, maxBytes, Optional.of(moment));
    }

    /** An empty page of items of which any may be the last. */
    public static <T> Pager<T> ofAny(int limit, int maxBytes) {
        return new Pager<>(limit, maxBytes, Optional.empty());
    }

    /** Looks at the next item and tells whether to go on; {@code false} says the page is complete without it. */
    public boolean offer(T item, int weight) {
        if (isFull) {
            throw new IllegalStateException("the page is complete");
        }
        if (taken.size() >= limit && !belongsToLast(item)) {
            isFull = true;
        } else if (!taken.isEmpty() && bytes + weight > maxBytes) {
            isFull = true;
            dropWhatSharesItsMoment(item);
        } else {
            taken.add(item);
            bytes += weight;
        }
        return !isFull;
    }

    /** What the page holds, in the order offered. */
    public List<T> taken() {
        return List.copyOf(taken);
    }

    /** Whether there was one more than the page holds. */
    public boolean hasMore() {
        return isFull;
    }

    private boolean belongsToLast(T item) {
        return moments.isPresent() && share(moments.get(), taken.get(taken.size() - 1), item);
    }

    private void dropWhatSharesItsMoment(T item) {
        if (moments.isPresent() && !share(moments.get(), taken.get(0), item)) {
            taken.removeIf(other -> share(moments.get(), other, item));
        }
    }

    private static <T> boolean share(Function<T, Instant> moment, T one, T other) {
        return moment.apply(one).equals(moment.apply(other));
    }
}
