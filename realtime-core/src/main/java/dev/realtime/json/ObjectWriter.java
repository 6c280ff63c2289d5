package dev.realtime.json;

import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Writes one JSON object straight to bytes, in the order of the calls. Absent values leave no trace: what is empty
 * is not written, and {@code null} never is. For one thread; {@link #end} once.
 */
public final class ObjectWriter {
    private static final int FEW = 256;
    private static final int ORDINARY_OBJECT = 160;

    private final JsonBytes json;
    private boolean isFirst = true;

    ObjectWriter() {
        this(new JsonBytes(FEW));
        json.mark('{');
    }

    private ObjectWriter(JsonBytes json) {
        this.json = json;
    }

    /** A text field. */
    public ObjectWriter put(String name, String value) {
        field(name).text(value);
        return this;
    }

    /**
     * A text field whose value is known to be printable ASCII without quotes and backslashes, as ids of users, rooms and
     * sessions and timestamps are. Nothing is looked at: with other text what is written is no JSON.
     */
    public ObjectWriter putPlain(String name, String value) {
        field(name).plainText(value);
        return this;
    }

    /** A whole number. */
    public ObjectWriter put(String name, long value) {
        field(name).plain(Long.toString(value));
        return this;
    }

    /** A boolean. */
    public ObjectWriter put(String name, boolean value) {
        field(name).plain(value ? "true" : "false");
        return this;
    }

    /** Any JSON value, copied in as the bytes it already has. */
    public ObjectWriter put(String name, Payload value) {
        field(name).raw(value.json());
        return this;
    }

    /** An array of JSON values. */
    public ObjectWriter put(String name, Collection<Payload> values) {
        field(name).mark('[');
        boolean isFollowing = false;
        for (Payload value : values) {
            next(isFollowing).raw(value.json());
            isFollowing = true;
        }
        json.mark(']');
        return this;
    }

    /** An array of objects, one of each value; {@code fields} puts what it has. */
    public <T> ObjectWriter putEach(String name, Collection<T> values, BiConsumer<ObjectWriter, T> fields) {
        field(name).mark('[').expect(values.size() * ORDINARY_OBJECT);
        ObjectWriter each = new ObjectWriter(json);
        boolean isFollowing = false;
        for (T value : values) {
            next(isFollowing).mark('{');
            each.isFirst = true;
            fields.accept(each, value);
            json.mark('}');
            isFollowing = true;
        }
        json.mark(']');
        return this;
    }

    /** An array of texts. */
    public ObjectWriter putTexts(String name, Collection<String> values) {
        field(name).mark('[');
        boolean isFollowing = false;
        for (String value : values) {
            next(isFollowing).text(value);
            isFollowing = true;
        }
        json.mark(']');
        return this;
    }

    /** A text field, or nothing. */
    public ObjectWriter put(String name, Optional<String> value) {
        return value.isPresent() ? put(name, value.get()) : this;
    }

    /** The finished object. */
    public Payload end() {
        return Payload.written(json.mark('}').end());
    }

    private JsonBytes field(String name) {
        next(!isFirst).raw(Names.encoded(name));
        isFirst = false;
        return json;
    }

    private JsonBytes next(boolean isFollowing) {
        return isFollowing ? json.mark(',') : json;
    }
}
