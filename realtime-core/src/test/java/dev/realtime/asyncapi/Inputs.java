package dev.realtime.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realtime.json.Payload;
import java.util.List;
import java.util.Set;

/** Whether server and document agree on what clients may send. */
final class Inputs {
    private static final Set<String> ABOUT_THE_INPUT = Set.of("invalid_payload", "missing_field");

    private Inputs() {}

    /** What the server takes has the shape of the event's payload, and what it finds malformed has not. */
    static void requireAgreement(Operation operation, String sent, Payload ack) {
        if (Operation.isSuccess(ack)) {
            List<String> misfits = operation.payload().misfits(argument(sent));
            if (!misfits.isEmpty()) {
                throw new AssertionError("the server took a " + operation.event()
                        + " that is none after docs/asyncapi.yaml: " + misfits + " in " + sent);
            }
        } else if (isAboutTheShape(operation, ack)
                && operation.payload().misfits(argument(sent)).isEmpty()) {
            throw new AssertionError("the server refused a " + operation.event()
                    + " that is right after docs/asyncapi.yaml: " + sent + " -> " + ack);
        }
    }

    /** Whether a schema can tell what was wrong. */
    private static boolean isAboutTheShape(Operation operation, Payload ack) {
        boolean isMalformed = ack.get("code")
                .map(Payload::asText)
                .filter(ABOUT_THE_INPUT::contains)
                .isPresent();
        return isMalformed
                && ack.get("field")
                        .map(Payload::asText)
                        .filter(operation.payload()::refusesMoreThanItSays)
                        .isEmpty();
    }

    /** The first argument, without the fields that are null: those count as absent. */
    private static JsonNode argument(String sent) {
        JsonNode first = Shape.tree("[" + sent + "]").path(0);
        if (first.isObject()) {
            first.properties().removeIf(field -> field.getValue().isNull());
        }
        return first;
    }
}
