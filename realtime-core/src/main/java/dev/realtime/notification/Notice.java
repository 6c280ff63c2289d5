package dev.realtime.notification;

import dev.realtime.error.InvalidValueException;
import dev.realtime.json.Payload;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a host has to say, to whomever. Sizes are in UTF-16 code units, that of {@code data} in bytes of its JSON.
 * Texts with U+0000 or half a surrogate pair are refused: not every database can keep them.
 *
 * <pre>{@code
 * notifications.send(user, Notice.of("lab_results_ready", "Results", "Your results are here").withPriority(HIGH));
 * }</pre>
 *
 * @param type what it is about, for programs: 1 to 64 characters of {@code a-z 0-9 _ . -}
 * @param title 1 to 200 characters
 * @param message 1 to 2,000 characters
 * @param data any JSON of at most 16 KB that nests no deeper than that of clients; null is no data
 */
public record Notice(String type, Priority priority, String title, String message, Optional<Payload> data) {
    private static final Pattern TYPE = Pattern.compile("[a-z0-9_.-]{1,64}");
    private static final int MAX_TITLE = 200;
    private static final int MAX_MESSAGE = 2_000;
    private static final int MAX_DATA = 16 * 1024;

    /** Checks every field; {@link InvalidValueException} names the first that is wrong. */
    public Notice {
        require("type", TYPE.matcher(type).matches(), "is not 1 to 64 characters of a-z 0-9 _ . -");
        require("title", isStorable(title, MAX_TITLE), "is not 1 to 200 storable characters");
        require("message", isStorable(message, MAX_MESSAGE), "is not 1 to 2000 storable characters");
        data = data.filter(value -> !value.is(Payload.Kind.NULL));
        require("data", data.stream().allMatch(value -> value.size() <= MAX_DATA), "is larger than 16384 bytes");
        require("data", data.stream().allMatch(Payload::isReadable), "has bytes in it or nests too deep");
    }

    /** One of medium priority without data. */
    public static Notice of(String type, String title, String message) {
        return new Notice(type, Priority.MEDIUM, title, message, Optional.empty());
    }

    /** The same with another priority. */
    public Notice withPriority(Priority other) {
        return new Notice(type, other, title, message, data);
    }

    /** The same with these data. */
    public Notice withData(Payload value) {
        return new Notice(type, priority, title, message, Optional.of(value));
    }

    private static boolean isStorable(String text, int maxLength) {
        return !text.isEmpty()
                && text.length() <= maxLength
                && text.codePoints()
                        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static void require(String field, boolean holds, String otherwise) {
        if (!holds) {
            throw new InvalidValueException(field, otherwise);
        }
    }
}
