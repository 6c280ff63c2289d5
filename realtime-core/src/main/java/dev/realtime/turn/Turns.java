package dev.realtime.turn;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What has to be done one at a time about the same user, session or room: to look at a state and tell of it, so that
 * no older look is told after a newer one. Locks in stripes; what is about others waits seldom.
 *
 * <p>Any thread may take a turn, which waits for those before it. Inside of a turn none is taken about another thing.
 */
public final class Turns {
    private static final int STRIPES = 64;

    private final List<Lock> stripes =
            Stream.<Lock>generate(ReentrantLock::new).limit(STRIPES).toList();

    /** Nobody's turn. */
    public Turns() {}

    /** Runs {@code action}, alone among those about the same thing, by its {@code hashCode}. */
    public void take(Object about, Runnable action) {
        Lock stripe = stripes.get(Math.floorMod(about.hashCode(), STRIPES));
        stripe.lock();
        try {
            action.run();
        } finally {
            stripe.unlock();
        }
    }
}
