package dev.realtime.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, from a client or for one, that can be read as a type. Binary values may stand anywhere in it where
 * the protocol carries them.
 *
 * <pre>{@code
 * Payload order = Payload.parse("{\"item\":\"tea\",\"count\":2}");
 * String item = order.get("item").map(Payload::asText).orElse("nothing");
 * }</pre>
 *
 * <p>Immutable, safe for many threads; bytes are made once and shared. JSON nests at most 32 levels deep.
 */
public final class Payload {
    /** What a value is. */
    public enum Kind {
        OBJECT,
        ARRAY,
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL,
        BINARY
    }

    private static final Payload EMPTY_OBJECT = new Payload(JsonNodeFactory.instance.objectNode(), null, true);

    private volatile @Nullable JsonNode tree;
    private volatile byte @Nullable [] json;
    private final boolean isFromText;

    private Payload(@Nullable JsonNode tree, byte @Nullable [] json, boolean isFromText) {
        this.tree = tree;
        this.json = json;
        this.isFromText = isFromText;
    }

    /** Reads JSON text; {@link InvalidJsonException} when it is none, nests too deep, or holds more than one value. */
    public static Payload parse(String text) {
        return new Payload(Json.read(text), null, true);
    }

    /** Reads JSON in UTF-8, as {@link #parse(String)}. */
    public static Payload parse(byte[] utf8) {
        return new Payload(Json.read(utf8), null, true);
    }

    /**
     * The JSON form of a Java value: text, number, boolean, list, map, record or bean. A {@code byte[]} anywhere in a
     * map or list becomes a binary value.
     *
     * @throws IllegalArgumentException when the value has no JSON form
     */
    public static Payload of(Object value) {
        if (value instanceof Payload ready) {
            return ready;
        }
        if (value instanceof String text) {
            return new Payload(TextNode.valueOf(Surrogates.repaired(text)), null, true);
        }
        return of(Surrogates.repaired(Json.MAPPER.<JsonNode>valueToTree(value)));
    }

    /** The object {@code {}}. */
    public static Payload emptyObject() {
        return EMPTY_OBJECT;
    }

    /** Writes an object field by field. */
    public static ObjectWriter object() {
        return new ObjectWriter();
    }

    /** An array of the given values. */
    public static Payload array(List<Payload> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(values.size());
        values.forEach(value -> array.add(value.tree()));
        return of(array);
    }

    static Payload of(JsonNode tree) {
        return new Payload(tree, null, false);
    }

    /** JSON that is known to be whole, in bytes that nobody changes any more. */
    static Payload written(byte[] json) {
        return new Payload(null, json, true);
    }

    /** What this value is. */
    public Kind kind() {
        return switch (tree().getNodeType()) {
            case OBJECT -> Kind.OBJECT;
            case ARRAY -> Kind.ARRAY;
            case STRING -> Kind.TEXT;
            case NUMBER -> Kind.NUMBER;
            case BOOLEAN -> Kind.BOOLEAN;
            case BINARY -> Kind.BINARY;
            default -> Kind.NULL;
        };
    }

    /** Whether this value is of the kind. */
    public boolean is(Kind kind) {
        return kind() == kind;
    }

    /** A field of an object; empty when it is absent or null, and for values that are no object. */
    public Optional<Payload> get(String field) {
        JsonNode value = tree().get(field);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(new Payload(value, null, isFromText));
    }

    /** This object with one field set; {@link IllegalStateException} for values that are no object. */
    public Payload with(String field, Payload value) {
        if (!(tree() instanceof ObjectNode object)) {
            throw new IllegalStateException("only an object has fields, not " + kind());
        }
        // Copies the fields, not what they hold: trees are never changed once they are a payload's.
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(object);
        copy.set(field, value.tree());
        return new Payload(copy, null, isFromText && !value.hasBinary());
    }

    /** The elements of an array; empty for other values. */
    public List<Payload> elements() {
        List<Payload> elements = new ArrayList<>();
        if (tree() instanceof ArrayNode array) {
            array.forEach(element -> elements.add(new Payload(element, null, isFromText)));
        }
        return List.copyOf(elements);
    }

    /** The field names of an object in their order; empty for other values. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        tree().fieldNames().forEachRemaining(names::add);
        return List.copyOf(names);
    }

    /** The characters of a text value; for a number or boolean its JSON form, else empty text. */
    public String asText() {
        JsonNode value = tree();
        return value.isTextual() || value.isNumber() || value.isBoolean() ? value.asText() : "";
    }

    /** A number as a long, cut towards zero and to its range; 0 for values that are no number. */
    public long asLong() {
        return tree().isIntegralNumber() && tree().canConvertToLong() ? tree().longValue() : (long) asDouble();
    }

    /** A number as a double; 0 for values that are no number. */
    public double asDouble() {
        return tree().isNumber() ? tree().doubleValue() : 0;
    }

    /** Whether this is the value {@code true}. */
    public boolean asBoolean() {
        return tree().isBoolean() && tree().booleanValue();
    }

    /** The bytes of a binary value, copied; empty for other values. */
    public byte[] asBytes() {
        return tree() instanceof BinaryNode binary ? binary.binaryValue().clone() : new byte[0];
    }

    /**
     * This value as a record, bean, map or list.
     *
     * @throws IllegalArgumentException when it is null or does not fit the type
     */
    public <T> T as(Class<T> type) {
        try {
            return Optional.ofNullable(Json.MAPPER.treeToValue(tree(), type))
                    .orElseThrow(() -> new IllegalArgumentException("null is not readable as " + type.getName()));
        } catch (JsonProcessingException misfit) {
            throw new IllegalArgumentException("not readable as " + type.getName(), misfit);
        }
    }

    /** Whether a binary value stands anywhere in this one; known without a look for what was read from text. */
    public boolean hasBinary() {
        return !isFromText && holdsBinary(tree());
    }

    /** Whether {@link #parse(byte[])} takes the JSON of this value and makes the same of it: no bytes, not too deep. */
    public boolean isReadable() {
        if (hasBinary()) {
            return false;
        }
        try {
            Json.read(json());
            return true;
        } catch (InvalidJsonException beyondBounds) {
            return false;
        }
    }

    /** This value as compact JSON in UTF-8. Shared: only for reading. A binary value becomes its base64 text. */
    public byte[] json() {
        byte[] known = json;
        if (known == null) {
            known = JsonBytes.of(tree());
            json = known;
        }
        return known;
    }

    /** The same value, kept as its JSON until it is read again, which takes less memory; not where it holds bytes. */
    public Payload packed() {
        return hasBinary() ? this : new Payload(null, json(), true);
    }

    /** The size as compact JSON, in bytes. */
    public int size() {
        return json().length;
    }

    /** This value with every binary value in it, in walk order, replaced by what {@code replacement} makes of it. */
    public Payload withoutBinary(Function<byte[], Payload> replacement) {
        return of(Binary.replaced(tree(), bytes -> replacement.apply(bytes).tree()));
    }

    /** This value with each object for which {@code bytes} has an answer replaced by that binary value. */
    @SuppressWarnings("ReferenceEquality") // the very same tree comes back when nothing in it was replaced
    public Payload withBinary(Function<Payload, Optional<byte[]>> bytes) {
        JsonNode known = tree();
        JsonNode resolved = Binary.resolved(known, object -> bytes.apply(of(object)));
        return resolved == known ? this : of(resolved);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Payload that && tree().equals(that.tree());
    }

    @Override
    public int hashCode() {
        return tree().hashCode();
    }

    /** The compact JSON as text. */
    @Override
    public String toString() {
        return new String(json(), StandardCharsets.UTF_8);
    }

    /** The value as Jackson has it; it stays inside this package. */
    JsonNode tree() {
        JsonNode known = tree;
        if (known == null) {
            byte[] bytes = json;
            known = bytes == null ? NullNode.getInstance() : Json.readOwn(bytes);
            tree = known;
        }
        return known;
    }

    private static boolean holdsBinary(JsonNode node) {
        if (node.isBinary()) {
            return true;
        }
        for (JsonNode child : node) {
            if (holdsBinary(child)) {
                return true;
            }
        }
        return false;
    }
}
