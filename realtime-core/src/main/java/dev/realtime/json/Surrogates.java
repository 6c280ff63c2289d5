package dev.realtime.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * JSON may write half a surrogate pair as an escape (RFC 8259 section 8.2), and UTF-8 cannot carry it. Such halves
 * become U+FFFD here, so that what one client sent can always be written to another.
 */
final class Surrogates {
    private static final char REPLACEMENT = '\uFFFD';

    private Surrogates() {}

    /** Text from the wire is well formed UTF-16; only an escape can bring half a pair. */
    static boolean mayBeBroken(String json) {
        return json.contains("\\ud") || json.contains("\\uD");
    }

    static JsonNode repaired(JsonNode node) {
        if (node instanceof TextNode text) {
            String whole = repaired(text.textValue());
            return whole.equals(text.textValue()) ? node : TextNode.valueOf(whole);
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, repaired(array.get(i)));
            }
        } else if (node instanceof ObjectNode object) {
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> whole.set(repaired(field.getKey()), repaired(field.getValue())));
            return whole;
        }
        return node;
    }

    static String repaired(String text) {
        StringBuilder whole = null;
        for (int i = 0; i < text.length(); i++) {
            if (isPaired(text, i)) {
                continue;
            }
            whole = whole == null ? new StringBuilder(text) : whole;
            whole.setCharAt(i, REPLACEMENT);
        }
        return whole == null ? text : whole.toString();
    }

    private static boolean isPaired(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        return !Character.isLowSurrogate(c) || (index > 0 && Character.isHighSurrogate(text.charAt(index - 1)));
    }
}
