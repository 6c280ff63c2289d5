package dev.realtime.jdbc;

import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.Message;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Stores distinct drafts, whatever the database does meanwhile. Safe for many threads.
 *
 * <p>A lost race is run again. A refused value costs its own draft: the batch is halved until that draft is alone.
 * When the connection breaks before the answer, the commit may have happened or still happen; ids tell, for each is
 * stored once at most: what is there was stored, the rest is stored again, and a first attempt that is still on its
 * way then fails on the ids. Only when that finds no connection either does the failure say that the outcome is
 * unknown.
 */
final class DraftWriter {
    private final Connections connections;
    private final Appender appender;

    DraftWriter(Connections connections) {
        this.connections = connections;
        this.appender = connections.database().appender();
    }

    /** Answers for each draft, in order. */
    List<Appended> write(List<Draft> drafts) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        try {
            return List.copyOf(attempt(drafts));
        } catch (JdbiException failure) {
            return switch (Failures.of(failure)) {
                case UNKNOWN -> settle(drafts, failure);
                case BAD_VALUE -> drafts.size() == 1 ? failed(drafts, failure) : halve(drafts);
                case NOT_STORED, RACE -> failed(drafts, failure);
            };
        }
    }

    private List<Appended.Stored> attempt(List<Draft> drafts) {
        for (int left = Connections.ATTEMPTS - 1; ; left--) {
            Handle handle = connections.open();
            try {
                return appender.append(handle, drafts);
            } catch (JdbiException failure) {
                if (left == 0 || Failures.of(failure) != Failures.RACE) {
                    throw failure;
                }
            } finally {
                release(handle);
            }
        }
    }

    /** What was committed stays so when the connection cannot be given back in order. */
    private static void release(Handle handle) {
        try {
            handle.close();
        } catch (JdbiException broken) {
            // The pool throws such a connection away; its next user is not concerned.
        }
    }

    private List<Appended> halve(List<Draft> drafts) {
        int half = drafts.size() / 2;
        return Stream.of(drafts.subList(0, half), drafts.subList(half, drafts.size()))
                .map(this::write)
                .flatMap(List::stream)
                .toList();
    }

    private List<Appended> settle(List<Draft> drafts, JdbiException broken) {
        Settlement settlement = new Settlement(drafts, broken);
        if (settlement.ask(this::stored) && !settlement.ask(this::again)) {
            settlement.ask(this::stored);
        }
        return settlement.answers();
    }

    /** The drafts that are messages already, by id. */
    private Map<UUID, Appended> stored(List<Draft> drafts) {
        try (Handle handle = connections.open()) {
            Map<UUID, Appended> found = new HashMap<>();
            for (Draft draft : drafts) {
                byId(handle, draft.id())
                        .ifPresent(message -> found.put(draft.id(), new Appended.Stored(message, true)));
            }
            return found;
        }
    }

    /** Should the first attempt have come through just before, its message is found as a retry, yet it is this call's. */
    private Map<UUID, Appended> again(List<Draft> drafts) {
        List<Appended.Stored> answers = attempt(drafts);
        Map<UUID, Appended> known = new HashMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            UUID id = drafts.get(i).id();
            Message message = answers.get(i).message();
            known.put(
                    id,
                    new Appended.Stored(
                            message, answers.get(i).isNew() || message.id().equals(id)));
        }
        return known;
    }

    private static Optional<Message> byId(Handle handle, UUID id) {
        return handle.createQuery("SELECT " + Columns.ALL + " FROM realtime_message WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> Columns.message(row))
                .findOne();
    }

    private static List<Appended> failed(List<Draft> drafts, JdbiException failure) {
        Appended failed = new Appended.Failed(Failures.exception("cannot store messages", failure));
        return Collections.nCopies(drafts.size(), failed);
    }
}
