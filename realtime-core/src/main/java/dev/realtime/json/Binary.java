package dev.realtime.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Takes binary values out of a tree and puts them back. Trees given are left as they are, and what nothing changes in
 * is not copied: whoever sends a tree pays for it once.
 */
@SuppressWarnings("ReferenceEquality") // what has not changed is the very same node
final class Binary {
    private Binary() {}

    static JsonNode replaced(JsonNode node, Function<byte[], JsonNode> replacement) {
        if (node instanceof BinaryNode binary) {
            return replacement.apply(binary.binaryValue());
        }
        return rebuilt(node, child -> replaced(child, replacement));
    }

    static JsonNode resolved(JsonNode node, Function<JsonNode, Optional<byte[]>> bytes) {
        if (node.isObject() && !node.isEmpty()) {
            Optional<byte[]> found = bytes.apply(node);
            if (found.isPresent()) {
                return BinaryNode.valueOf(found.get());
            }
        }
        return rebuilt(node, child -> resolved(child, bytes));
    }

    private static JsonNode rebuilt(JsonNode node, UnaryOperator<JsonNode> change) {
        if (node.isEmpty()) {
            return node;
        }
        if (node instanceof ArrayNode array) {
            return rebuilt(array, change);
        }
        return node instanceof ObjectNode object ? rebuilt(object, change) : node;
    }

    private static ArrayNode rebuilt(ArrayNode array, UnaryOperator<JsonNode> change) {
        ArrayNode copy = array;
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            JsonNode changed = change.apply(element);
            if (changed != element) {
                copy = copy == array
                        ? JsonNodeFactory.instance.arrayNode(array.size()).addAll(array)
                        : copy;
                copy.set(i, changed);
            }
        }
        return copy;
    }

    private static ObjectNode rebuilt(ObjectNode object, UnaryOperator<JsonNode> change) {
        ObjectNode copy = object;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode changed = change.apply(field.getValue());
            if (changed != field.getValue()) {
                copy = copy == object ? JsonNodeFactory.instance.objectNode().setAll(object) : copy;
                copy.set(field.getKey(), changed);
            }
        }
        return copy;
    }
}
