package dev.realtime.asyncapi;

import dev.realtime.asyncapi.Operation.Action;
import dev.realtime.json.Payload;
import dev.realtime.testkit.Witness;
import java.util.Optional;
import java.util.regex.Pattern;

/** Objects to whatever the server says that the document does not. Events of hosts are theirs. */
public final class DocumentWitness implements Witness {
    private static final Pattern OURS = Pattern.compile(
            "connected|(room|message|typing|call|presence|notification|auth|server|realtime):.*", Pattern.DOTALL);

    private final WireDocument document = WireDocument.CURRENT;

    /** For the service loader. */
    public DocumentWitness() {}

    @Override
    public void connectAnswered(Payload answer) {
        String key = answer.get("sid").isPresent() ? "connectAccepted" : "connectRefused";
        document.shape(key).requireFits("an answer to a connect", answer);
    }

    @Override
    public void heard(String event, Payload data) {
        Optional<Operation> operation = document.find(Action.SEND, event);
        if (operation.isPresent()) {
            operation.get().payload().requireFits(event, data);
        } else if (OURS.matcher(event).matches()) {
            throw new AssertionError(
                    "the server sent " + event + ", of which docs/asyncapi.yaml does not know: give it "
                            + "a message, an operation with the action send, and a schema there. It was " + data);
        }
    }

    @Override
    public void acked(String event, String sent, Payload ack) {
        Optional<Operation> operation = document.find(Action.RECEIVE, event);
        if (operation.isPresent()) {
            operation.get().reply(ack).requireFits("the ack of " + event, ack);
            Inputs.requireAgreement(operation.get(), sent, ack);
        } else if (OURS.matcher(event).matches()) {
            String key = ack.get("retryAfterMs").isPresent() ? "RateLimited" : "UnknownEvent";
            document.shape(key).requireFits("the ack of " + event, ack);
        }
    }

    @Override
    public void framed(Payload frame) {
        document.shape("plainFrameFromServer").requireFits("a frame of the plain protocol", frame);
    }
}
