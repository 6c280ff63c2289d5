package dev.realtime.testkit;

import dev.realtime.address.UserId;
import dev.realtime.presence.Arrival;
import dev.realtime.presence.Availability;
import dev.realtime.presence.Change;
import dev.realtime.presence.Lease;
import dev.realtime.presence.Loss;
import dev.realtime.presence.Presence;
import dev.realtime.presence.PresenceStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Hands each call on to another store, through one place where a test can hold it up or refuse it. */
public class ForwardingPresenceStore implements PresenceStore {
    private volatile PresenceStore store;

    /** Hands on to {@code store}. */
    public ForwardingPresenceStore(PresenceStore store) {
        this.store = store;
    }

    /** Hands on to another store from now on. */
    protected final void replace(PresenceStore other) {
        store = other;
    }

    /** Does one call; what is thrown here is thrown by the store. */
    protected <T> T call(Supplier<T> step) {
        return step.get();
    }

    @Override
    public boolean renew(String node, Instant now) {
        return call(() -> store.renew(node, now));
    }

    @Override
    public Optional<Arrival> add(Lease lease, UserId user, Instant now) {
        return call(() -> store.add(lease, user, now));
    }

    @Override
    public boolean release(Lease lease, UserId user, Instant now) {
        return call(() -> store.release(lease, user, now));
    }

    @Override
    public List<Change> depart(Instant moment) {
        return call(() -> store.depart(moment));
    }

    @Override
    public List<Loss> expire(Instant moment) {
        return call(() -> store.expire(moment));
    }

    @Override
    public Optional<Change> setStatus(UserId user, Availability status, Optional<String> customStatus, Instant now) {
        return call(() -> store.setStatus(user, status, customStatus, now));
    }

    @Override
    public Optional<Change> setInCall(UserId user, boolean isInCall, Instant now) {
        return call(() -> store.setInCall(user, isInCall, now));
    }

    @Override
    public List<Presence> find(Collection<UserId> users) {
        return call(() -> store.find(users));
    }

    @Override
    public boolean isConnected(UserId user) {
        return call(() -> store.isConnected(user));
    }

    @Override
    public void forget(Instant moment) {
        call(() -> {
            store.forget(moment);
            return true;
        });
    }

    @Override
    public long countOnline() {
        return call(store::countOnline);
    }
}
