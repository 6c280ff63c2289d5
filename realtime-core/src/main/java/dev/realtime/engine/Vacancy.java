package dev.realtime.engine;

import dev.realtime.address.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A connection that has had a session and has none. It may stay open, and counts as a session of the user who had the
 * last one: else a user could have any number of connections by leaving each. Any thread may call.
 */
final class Vacancy {
    private final Hub hub;
    private final Namespaces namespaces;
    private @Nullable UserId counted;
    private boolean isOver;

    Vacancy(Hub hub, Namespaces namespaces) {
        this.hub = hub;
        this.namespaces = namespaces;
    }

    /** A session of this user has come or gone. */
    synchronized void look(UserId user) {
        boolean isVacant = namespaces.isEmpty() && !isOver;
        if (!isVacant) {
            fill();
        } else if (counted == null) {
            counted = user;
            hub.vacate(user);
        }
    }

    /** Whether it counts as a session of this user. */
    synchronized boolean isOf(UserId user) {
        return user.equals(counted);
    }

    /** The connection is gone. */
    synchronized void end() {
        isOver = true;
        fill();
    }

    private void fill() {
        if (counted != null) {
            hub.fill(counted);
            counted = null;
        }
    }
}
