package dev.realtime.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** A payload inside a host's own map, list or record is the value it stands for. */
final class Nested {
    private Nested() {}

    static final class Writer extends JsonSerializer<Payload> {
        @Override
        public void serialize(Payload value, JsonGenerator out, SerializerProvider context) throws IOException {
            out.writeTree(value.tree());
        }
    }

    static final class Reader extends JsonDeserializer<Payload> {
        @Override
        public Payload deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Payload.of(context.readTree(in));
        }
    }
}
