package dev.realtime.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.realtime.asyncapi.Operation.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The document in itself. */
class WireDocumentTest {
    private final WireDocument document = WireDocument.CURRENT;

    @Test
    void itIsAnAsyncApiDocument() throws IOException {
        JsonNode official = new ObjectMapper()
                .readTree(Path.of("src/test/resources/dev/realtime/asyncapi/asyncapi-3.0.0.json")
                        .toFile());
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                        .getSchema(official)
                        .validate(document.root()))
                .isEmpty();
    }

    @Test
    void eachReferenceLeadsSomewhereAndNoMessageIsLeftOver() {
        Set<String> references = new HashSet<>();
        document.root().findValuesAsText("$ref").forEach(references::add);
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(document.at(reference).isObject())
                        .as(reference)
                        .isTrue());
        document.root()
                .get("channels")
                .properties()
                .forEach(channel -> channel.getValue()
                        .get("messages")
                        .fieldNames()
                        .forEachRemaining(key -> assertThat(references)
                                .contains(
                                        "#/channels/" + channel.getKey() + "/messages/" + key,
                                        "#/components/messages/" + key)));
        document.root()
                .at("/components/messages")
                .fieldNames()
                .forEachRemaining(key -> assertThat(references).contains("#/components/messages/" + key));
    }

    @Test
    void eachExampleHasTheShapeOfItsMessage() {
        for (Map.Entry<String, JsonNode> message :
                document.root().at("/components/messages").properties()) {
            message.getValue()
                    .path("examples")
                    .forEach(example -> assertThat(
                                    document.shape(message.getKey()).misfits(example.get("payload")))
                            .as(message.getKey() + ": " + example)
                            .isEmpty());
        }
    }

    @Test
    void anEventOfAClientHasAnAckForSuccessAndOneForFailure() {
        assertThat(document.operations())
                .filteredOn(operation -> operation.action() == Action.RECEIVE)
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.replies())
                        .extracting(Shape::key)
                        .containsExactly(
                                operation.payload().key() + "Ack",
                                operation.payload().key() + "Failure"));
    }

    /** A field that the document does not know has to be noticed; only what clients put into metadata is theirs. */
    @Test
    void whatTheServerSaysIsListedToTheLastField() {
        for (Operation operation : document.operations()) {
            if (operation.action() == Action.SEND) {
                requireClosed(
                        operation.payload().key(), message(operation.payload().key()));
            }
            operation.replies().forEach(reply -> requireClosed(reply.key(), message(reply.key())));
        }
    }

    private JsonNode message(String key) {
        return document.root().at("/components/messages/" + key + "/payload");
    }

    private void requireClosed(String where, JsonNode schema) {
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").asText();
            if (!reference.endsWith("/MessageMetadata")) {
                requireClosed(where + " " + reference, document.at(reference));
            }
            return;
        }
        if (schema.has("properties")) {
            assertThat(schema.path("additionalProperties").asText()).as(where).isEqualTo("false");
        }
        schema.path("properties").forEach(property -> requireClosed(where, property));
        schema.path("oneOf").forEach(choice -> requireClosed(where, choice));
        schema.path("items").properties().stream()
                .findFirst()
                .ifPresent(any -> requireClosed(where, schema.get("items")));
    }
}
