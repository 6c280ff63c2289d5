package dev.realtime;

import static dev.realtime.TestNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.asyncapi.NamesInWire;
import dev.realtime.asyncapi.Operation.Action;
import dev.realtime.asyncapi.WireDocument;
import dev.realtime.json.Payload;
import dev.realtime.testkit.TestClient;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The document and the code know the same events. What the server sends is checked wherever a test client hears it. */
class EventNamesTest {
    private final TestNode node = new TestNode();

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void theDocumentHasTheNamesThatStandInWire() {
        Set<String> documented = new TreeSet<>(WireDocument.CURRENT.names(Action.RECEIVE));
        documented.addAll(WireDocument.CURRENT.names(Action.SEND));
        assertThat(documented)
                .as("names in docs/asyncapi.yaml and in wire: give a new event a message, an operation and schemas in "
                        + "the document, and take out what is no more")
                .containsExactlyInAnyOrderElementsOf(NamesInWire.all());
    }

    @Test
    void whatClientsMaySendIsWhatTheServerHandles() {
        TestClient ana = node.client("ana/patient");
        Payload unknown = json("{'success':false,'error':'Unknown event','code':'unknown_event'}");
        Set<String> handled = NamesInWire.all().stream()
                .filter(name -> {
                    ana.send("42999[\"" + name + "\",{}]");
                    return !ana.ack(999).equals(unknown);
                })
                .collect(Collectors.toSet());
        assertThat(handled)
                .as("operations of docs/asyncapi.yaml with the action receive")
                .isEqualTo(WireDocument.CURRENT.names(Action.RECEIVE));
    }
}
