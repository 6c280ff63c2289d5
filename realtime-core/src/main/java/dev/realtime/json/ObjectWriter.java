package dev.realtime.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;

/**
 * Writes one JSON object straight to bytes, in the order of the calls. Absent values leave no trace: what is empty
 * is not written, and {@code null} never is. For one thread; {@link #end} once.
 */
public final class ObjectWriter {
    private final ByteArrayBuilder bytes = new ByteArrayBuilder(256);
    private final JsonGenerator out;

    ObjectWriter() {
        out = doing(() -> Json.FACTORY.createGenerator(bytes));
        writing(out::writeStartObject);
    }

    /** A text field. */
    public ObjectWriter put(String name, String value) {
        return writing(() -> out.writeStringField(name, Surrogates.repaired(value)));
    }

    /** A whole number. */
    public ObjectWriter put(String name, long value) {
        return writing(() -> out.writeNumberField(name, value));
    }

    /** A boolean. */
    public ObjectWriter put(String name, boolean value) {
        return writing(() -> out.writeBooleanField(name, value));
    }

    /** Any JSON value, copied in as the bytes it already has. */
    public ObjectWriter put(String name, Payload value) {
        return writing(() -> {
            out.writeFieldName(name);
            raw(value);
        });
    }

    /** An array of JSON values. */
    public ObjectWriter put(String name, Collection<Payload> values) {
        return writing(() -> {
            out.writeArrayFieldStart(name);
            for (Payload value : values) {
                raw(value);
            }
            out.writeEndArray();
        });
    }

    /** An array of texts. */
    public ObjectWriter putTexts(String name, Collection<String> values) {
        return writing(() -> {
            out.writeArrayFieldStart(name);
            for (String value : values) {
                out.writeString(Surrogates.repaired(value));
            }
            out.writeEndArray();
        });
    }

    /** A text field, or nothing. */
    public ObjectWriter put(String name, Optional<String> value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    /** The finished object. */
    public Payload end() {
        writing(out::writeEndObject);
        writing(out::close);
        return Payload.written(bytes.toByteArray());
    }

    /** The generator only writes the comma; the value's own bytes go around it. */
    private void raw(Payload value) throws IOException {
        out.writeRawValue("");
        out.flush();
        bytes.write(value.json());
    }

    private ObjectWriter writing(Step step) {
        doing(() -> {
            step.run();
            return step;
        });
        return this;
    }

    private static <T> T doing(Making<T> making) {
        try {
            return making.make();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory cannot fail", impossible);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private interface Making<T> {
        T make() throws IOException;
    }
}
