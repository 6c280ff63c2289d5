package dev.realtime.engine;

import dev.realtime.address.Audience;
import dev.realtime.engine.outbox.Encoding;
import dev.realtime.fanout.Delivery;
import dev.realtime.fanout.Fanout;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Hands a delivery to the sessions of this node that it names, encoded once for each channel. Any thread. */
public final class Dispatcher implements Fanout.Receiver {
    private final Hub hub;

    /** Delivers to the sessions of {@code hub}. */
    public Dispatcher(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void deliver(Delivery delivery) {
        Encoding encoding = new Encoding(delivery);
        Consumer<LiveSession> hand = session -> {
            if (!isNamed(session, delivery.except())) {
                session.deliver(encoding.in(session.channel()));
            }
        };
        if (delivery.to().size() == 1) {
            forEach(delivery.to().get(0), hand);
        } else {
            Set<LiveSession> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            delivery.to()
                    .forEach(audience -> forEach(audience, session -> {
                        if (seen.add(session)) {
                            hand.accept(session);
                        }
                    }));
        }
    }

    private void forEach(Audience audience, Consumer<LiveSession> action) {
        if (audience instanceof Audience.OfRoom of) {
            hub.inRoom(of.room(), action);
        } else if (audience instanceof Audience.OfUser of) {
            hub.ofUser(of.user(), action);
        } else if (audience instanceof Audience.OfWatchers of) {
            hub.watchers().of(of.user(), action);
        } else if (audience instanceof Audience.OfSession of) {
            hub.live(of.session()).ifPresent(action);
        } else {
            hub.everyone(action);
        }
    }

    private static boolean isNamed(LiveSession session, List<Audience> audiences) {
        for (int i = 0; i < audiences.size(); i++) {
            Audience audience = audiences.get(i);
            if (audience instanceof Audience.OfUser of
                    ? session.isOf(of.user())
                    : audience instanceof Audience.OfSession one && session.is(one.session())) {
                return true;
            }
        }
        return false;
    }
}
