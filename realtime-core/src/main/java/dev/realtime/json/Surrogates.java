package dev.realtime.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/**
 * JSON may write half a surrogate pair as an escape (RFC 8259 section 8.2), and UTF-8 cannot carry it. Such halves
 * become U+FFFD here, so that what one client sent can always be written to another.
 */
final class Surrogates {
    private static final char REPLACEMENT = '\uFFFD';

    private Surrogates() {}

    /** Half a pair stands in the text itself, or comes from an escape. */
    static boolean mayBeBroken(String json) {
        boolean mayHide = json.indexOf('\\') >= 0 && (json.contains("\\ud") || json.contains("\\uD"));
        return mayHide || !isWhole(json);
    }

    static JsonNode repaired(JsonNode node) {
        if (node instanceof TextNode text) {
            return isWhole(text.textValue()) ? node : TextNode.valueOf(repaired(text.textValue()));
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, repaired(array.get(i)));
            }
        } else if (node instanceof ObjectNode object) {
            return repairedFields(object);
        }
        return node;
    }

    private static ObjectNode repairedFields(ObjectNode object) {
        if (object.isEmpty()) {
            return object;
        }
        boolean hasBrokenName = false;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            field.setValue(repaired(field.getValue()));
            hasBrokenName |= !isWhole(field.getKey());
        }
        return hasBrokenName ? renamed(object) : object;
    }

    private static ObjectNode renamed(ObjectNode object) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> whole.set(repaired(field.getKey()), field.getValue()));
        return whole;
    }

    static String repaired(String text) {
        int broken = firstBroken(text, 0);
        if (broken < 0) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text);
        for (int i = broken; i >= 0; i = firstBroken(text, i + 1)) {
            whole.setCharAt(i, REPLACEMENT);
        }
        return whole.toString();
    }

    private static boolean isWhole(String text) {
        return firstBroken(text, 0) < 0;
    }

    private static int firstBroken(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && !isPaired(text, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isPaired(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
}
