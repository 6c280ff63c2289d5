package dev.realtime.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** JSON that costs a reader as much as can be for its size, each kind at any size. Stateless. */
public final class HostileJson {
    private HostileJson() {}

    /** One kind: makes a text of about as many characters as it is asked for, or fewer. */
    public record Kind(String name, IntFunction<String> maker) {
        /** The text of about {@code size} characters. */
        public String of(int size) {
            return maker.apply(size);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** All kinds. */
    public static Stream<Kind> all() {
        return kinds().entrySet().stream().map(kind -> new Kind(kind.getKey(), kind.getValue()));
    }

    private static Map<String, IntFunction<String>> kinds() {
        Map<String, IntFunction<String>> kinds = new LinkedHashMap<>();
        kinds.put("empty objects", size -> list("{}", size));
        kinds.put("empty lists", size -> list("[]", size));
        kinds.put("empty texts", size -> list("\"\"", size));
        kinds.put("short texts", size -> list("\"a\"", size));
        kinds.put("short texts beyond Latin-1", size -> list("\"\u20ac\"", size));
        kinds.put("escaped texts", size -> list("\"\\n\"", size));
        kinds.put("zeros", size -> list("0", size));
        kinds.put("numbers of two digits", size -> list("11", size));
        kinds.put("numbers beyond an int", size -> list("2147483648", size));
        kinds.put("numbers beyond a long", size -> list("9223372036854775808", size));
        kinds.put("numbers of 400 digits", size -> list("9".repeat(400), size));
        kinds.put("fractions", size -> list("0.5", size));
        kinds.put("exponents", size -> list("1e9", size));
        kinds.put("exponents beyond a double", size -> list("1e999999999", size));
        kinds.put("exponents below a double", size -> list("1e-999999999", size));
        kinds.put("literals", size -> list("null", size));
        kinds.put("objects of one field", size -> list("{\"\":0}", size));
        kinds.put("objects of a broken name", size -> list("{\"\\ud800\":0}", size));
        kinds.put(
                "empty objects and a broken text",
                size -> "[\"\\ud800\"," + list("{}", size).substring(1));
        kinds.put(
                "objects of one field and a broken text",
                size -> "[\"\\ud800\"," + list("{\"\":0}", size).substring(1));
        kinds.put("nested objects", size -> list("{\"\":".repeat(30) + "0" + "}".repeat(30), size));
        kinds.put("nested lists", size -> list("[".repeat(30) + "]".repeat(30), size));
        kinds.put("placeholders", size -> list("{\"_placeholder\":true,\"num\":0}", size));
        kinds.put("false placeholders", size -> list("{\"_placeholder\":{}}", size));
        kinds.put("binary objects", size -> list("{\"_binary\":\"AAAA\"}", size));
        kinds.put("empty binary objects", size -> list("{\"_binary\":\"\"}", size));
        kinds.put(
                "binary and empty objects",
                size -> "[{\"_binary\":\"AAAA\"}," + list("{}", size).substring(1));
        kinds.put("different names", size -> object(index -> "\"" + index + "\":0", size));
        kinds.put("the same name", size -> object(index -> "\"a\":0", size));
        kinds.put("names of one hash", size -> object(index -> "\"" + colliding(index) + "\":0", size));
        kinds.put("a long name", size -> "{\"" + "n".repeat(size) + "\":0}");
        kinds.put("a long text", size -> "\"" + "t".repeat(size) + "\"");
        kinds.put("a long text of escapes", size -> "\"" + "\\u0041".repeat(size / 6) + "\"");
        kinds.put("a long text of broken escapes", size -> "\"" + "\\ud800".repeat(size / 6) + "\"");
        kinds.put("a long text of accents", size -> "\"" + "\u00e9".repeat(size / 2) + "\"");
        kinds.put("a long text beyond Latin-1", size -> "\"" + "\u20ac".repeat(size / 3) + "\"");
        kinds.put("a long text that ends beyond Latin-1", size -> "\"" + "t".repeat(size) + "\u20ac\"");
        kinds.put("a long number", size -> "1".repeat(Math.max(1, size)));
        kinds.put("a long fraction", size -> "0." + "1".repeat(Math.max(1, size)));
        kinds.put("a long exponent", size -> "1e" + "1".repeat(Math.max(1, size)));
        kinds.put("blanks", size -> " ".repeat(size) + "0");
        kinds.put("blanks and nothing", " "::repeat);
        kinds.put("open lists", "["::repeat);
        kinds.put("open objects", size -> "{\"\":".repeat(size / 4));
        kinds.put("separators", size -> "[" + ",".repeat(size) + "]");
        kinds.put("an open text", size -> "\"" + "t".repeat(size));
        kinds.put("a list cut short", size -> cut(list("{\"\":0}", size)));
        return kinds;
    }

    private static String list(String element, int size) {
        List<String> elements = new ArrayList<>();
        for (int length = 0; length < size; length += element.length() + 1) {
            elements.add(element);
        }
        return "[" + String.join(",", elements) + "]";
    }

    private static String object(IntFunction<String> field, int size) {
        List<String> fields = new ArrayList<>();
        for (int length = 0;
                length < size;
                length += fields.get(fields.size() - 1).length() + 1) {
            fields.add(field.apply(fields.size()));
        }
        return "{" + String.join(",", fields) + "}";
    }

    /** One of 2^17 names that have the same hash code: "Aa" and "BB" have it, and so has whatever is made of them. */
    private static String colliding(int index) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 17; bit++) {
            name.append((index >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    private static String cut(String whole) {
        return whole.substring(0, whole.length() - 1);
    }
}
