package dev.realtime.asyncapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.realtime.json.Payload;
import java.util.ArrayList;
import java.util.List;

/** What values look like, after one schema of the document. Any thread may call. */
public final class Shape {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String key;
    private final JsonNode properties;
    private final List<String> errors = new ArrayList<>();
    private final JsonSchema schema;

    Shape(String key, JsonNode document, JsonNode schema) {
        this.key = key;
        JsonNode target =
                schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
        properties = target.path("properties");
        schema.path("oneOf")
                .forEach(choice ->
                        errors.add(document.at(choice.path("$ref").asText("#").substring(1) + "/properties/error/const")
                                .asText()));
        ObjectNode whole = JSON.createObjectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", document.get("components"));
        this.schema = SCHEMAS.getSchema(whole);
    }

    /** The key of the component that it comes from. */
    public String key() {
        return key;
    }

    /** The sentences of the failures that it may be. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** Throws when the value has another shape; {@code what} says what the value is. */
    public void requireFits(String what, Payload value) {
        List<String> misfits = misfits(tree(value.toString()));
        if (!misfits.isEmpty()) {
            throw new AssertionError(
                    what + " is not a " + key + " of docs/asyncapi.yaml. Either the server is wrong, or the "
                            + "document has to say so: " + misfits + " in " + value);
        }
    }

    /** Whether the field is bound by more than a schema can say. */
    boolean refusesMoreThanItSays(String field) {
        JsonNode property = properties.path(field);
        return property.has("x-max-bytes") || property.has("x-also-refused");
    }

    List<String> misfits(JsonNode value) {
        return schema.validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new AssertionError("no JSON: " + json, broken);
        }
    }
}
