package dev.realtime.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;

/** Takes binary values out of a tree and puts them back; trees given are left as they are. */
final class Binary {
    private Binary() {}

    static JsonNode replaced(JsonNode node, Function<byte[], JsonNode> replacement) {
        if (node instanceof BinaryNode binary) {
            return replacement.apply(binary.binaryValue());
        }
        return rebuilt(node, child -> replaced(child, replacement));
    }

    static JsonNode resolved(JsonNode node, Function<JsonNode, Optional<byte[]>> bytes) {
        if (node.isObject()) {
            Optional<byte[]> found = bytes.apply(node);
            if (found.isPresent()) {
                return BinaryNode.valueOf(found.get());
            }
        }
        return rebuilt(node, child -> resolved(child, bytes));
    }

    private static JsonNode rebuilt(JsonNode node, Function<JsonNode, JsonNode> change) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(change.apply(element)));
            return copy;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), change.apply(field.getValue())));
            return copy;
        }
        return node;
    }
}
