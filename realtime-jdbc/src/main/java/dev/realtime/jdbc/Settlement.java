package dev.realtime.jdbc;

import dev.realtime.error.StoreException;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;

/** Finds out, question by question, what became of drafts whose connection broke. For one thread. */
final class Settlement {
    private final List<Draft> drafts;
    private final JdbiException broken;
    private final Map<UUID, Appended> known = new HashMap<>();

    Settlement(List<Draft> drafts, JdbiException broken) {
        this.drafts = drafts;
        this.broken = broken;
    }

    /** Asks about the drafts not known of yet; {@code false} says there was no answer, not even an empty one. */
    boolean ask(Function<List<Draft>, Map<UUID, Appended>> question) {
        List<Draft> open =
                drafts.stream().filter(draft -> !known.containsKey(draft.id())).toList();
        try {
            known.putAll(open.isEmpty() ? Map.of() : question.apply(open));
            return true;
        } catch (JdbiException stillBroken) {
            broken.addSuppressed(stillBroken);
            return false;
        }
    }

    /** What is known in the end; the rest is reported failed, with a message that says its outcome is unknown. */
    List<Appended> answers() {
        Appended unknown = new Appended.Failed(
                new StoreException("the connection broke while messages were stored; the outcome is unknown", broken));
        return drafts.stream()
                .map(draft -> known.getOrDefault(draft.id(), unknown))
                .toList();
    }
}
