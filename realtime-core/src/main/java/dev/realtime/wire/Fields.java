package dev.realtime.wire;

import dev.realtime.engine.Incoming;
import dev.realtime.error.InvalidValueException;
import dev.realtime.json.Payload;
import dev.realtime.json.Payload.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The fields of an event's payload, read as types. A field that is absent or null is absent; one of another type is
 * an {@link InvalidValueException} that names it.
 */
final class Fields {
    /** Those of an event that may come without a payload. */
    static final Fields NONE = new Fields(Payload.emptyObject());

    private final Payload object;

    private Fields(Payload object) {
        this.object = object;
    }

    /** The fields of an event that must have an object as payload. */
    static Fields of(Incoming event) {
        return event.data()
                .filter(data -> data.is(Kind.OBJECT))
                .map(Fields::withoutBinary)
                .orElseThrow(() -> new InvalidValueException("payload", "is missing or no object"));
    }

    /** The same for an event that may come without a payload. */
    static Fields ofOptional(Incoming event) {
        return event.data().isPresent() ? of(event) : new Fields(Payload.emptyObject());
    }

    /** Binary values are for events of the host; ours would turn them into texts on the way. */
    private static Fields withoutBinary(Payload object) {
        if (object.hasBinary()) {
            throw new InvalidValueException(fieldWithBinary(object), "is or holds a binary value");
        }
        return new Fields(object);
    }

    private static String fieldWithBinary(Payload object) {
        return object.names().stream()
                .filter(name -> object.get(name).filter(Payload::hasBinary).isPresent())
                .findFirst()
                .orElse("payload");
    }

    Optional<String> text(String name) {
        return of(name, Kind.TEXT, Payload::asText);
    }

    /** A text that names something: what {@code type} does not take is invalid. */
    <T> Optional<T> id(String name, Function<String, T> type) {
        return text(name).map(value -> read(name, value, type));
    }

    <T> T requiredId(String name, Function<String, T> type) {
        return id(name, type).orElseThrow(() -> new InvalidValueException(name, "is missing"));
    }

    Optional<Payload> object(String name) {
        return of(name, Kind.OBJECT, value -> value);
    }

    /** The fields of an object inside this one. */
    Optional<Fields> within(String name) {
        return object(name).map(Fields::new);
    }

    Optional<List<String>> texts(String name) {
        return of(name, Kind.ARRAY, Payload::elements)
                .map(elements -> elements.stream()
                        .map(element -> require(name, element, Kind.TEXT).asText())
                        .toList());
    }

    /** At most {@code most} texts that name something. */
    <T> Optional<List<T>> ids(String name, int most, Function<String, T> type) {
        Optional<List<String>> values = texts(name);
        if (values.isPresent() && values.get().size() > most) {
            throw new InvalidValueException(name, "are more than " + most);
        }
        return values.map(
                all -> all.stream().map(value -> read(name, value, type)).toList());
    }

    /** A number, cut to a whole one. */
    OptionalLong number(String name) {
        Optional<Long> value = of(name, Kind.NUMBER, Payload::asLong);
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    /** Whether the field is there and true. */
    boolean flag(String name) {
        return of(name, Kind.BOOLEAN, Payload::asBoolean).orElse(false);
    }

    /** A number with its fraction. */
    OptionalDouble decimal(String name) {
        Optional<Double> value = of(name, Kind.NUMBER, Payload::asDouble);
        return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
    }

    /** A moment in ISO 8601. */
    Optional<Instant> moment(String name) {
        return text(name)
                .map(text -> Timestamps.read(text)
                        .orElseThrow(() -> new InvalidValueException(name, "is no ISO timestamp")));
    }

    /** Any value. */
    Optional<Payload> any(String name) {
        return object.get(name);
    }

    /** A text out of a set of words. */
    <T> Optional<T> choice(String name, Map<String, T> words) {
        return text(name)
                .map(word -> Optional.ofNullable(words.get(word))
                        .orElseThrow(() -> new InvalidValueException(name, "is outside its set")));
    }

    private <T> Optional<T> of(String name, Kind kind, Function<Payload, T> reading) {
        return object.get(name).map(value -> reading.apply(require(name, value, kind)));
    }

    private static Payload require(String name, Payload value, Kind kind) {
        if (!value.is(kind)) {
            throw new InvalidValueException(name, "is " + value.kind() + " instead of " + kind);
        }
        return value;
    }

    private static <T> T read(String name, String value, Function<String, T> type) {
        try {
            return type.apply(value);
        } catch (IllegalArgumentException refused) {
            throw new InvalidValueException(name, "is not acceptable");
        }
    }
}
