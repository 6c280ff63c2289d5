package dev.realtime.testkit;

import dev.realtime.json.Payload;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** What the witnesses say to one client. Any thread may call. */
final class Testimony {
    private static final List<Witness> WITNESSES = ServiceLoader.load(Witness.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private record Asked(String event, String sent) {}

    private final Map<Long, Asked> asked = new ConcurrentHashMap<>();
    private final Queue<AssertionError> objections = new ConcurrentLinkedQueue<>();

    /** The client sends an event that is to be acked under this number. */
    void asks(long id, String event, String sent) {
        asked.put(id, new Asked(event, sent));
    }

    void connectAnswered(String answer) {
        call(witness -> witness.connectAnswered(Payload.parse(answer)));
    }

    void heard(String event, Payload data) {
        call(witness -> witness.heard(event, data));
    }

    /** An ack came; numbers that a test has put on the wire by hand are nobody's. */
    void acked(long id, Payload ack) {
        Asked question = asked.remove(id);
        if (question != null) {
            call(witness -> witness.acked(question.event(), question.sent(), ack));
        }
    }

    void framed(Payload frame) {
        call(witness -> witness.framed(frame));
    }

    /** Throws the first objection there was. */
    void requireNoObjection() {
        AssertionError first = objections.peek();
        if (first != null) {
            throw first;
        }
    }

    private void call(Consumer<Witness> statement) {
        for (Witness witness : WITNESSES) {
            try {
                statement.accept(witness);
            } catch (AssertionError objection) {
                // This is a thread of the server; the test hears of it on its own.
                objections.add(objection);
            }
        }
    }
}
