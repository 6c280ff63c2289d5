package dev.realtime.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/** The one configuration of Jackson. Every reader of outside text goes through it, so the bounds hold everywhere. */
final class Json {
    /** How deep arrays and objects may nest; an event's own argument list is the first level. */
    static final int MAX_DEPTH = 32;

    /** How deep JSON of our own making may nest: what clients sent, with a few levels around it. */
    private static final int MAX_OWN_DEPTH = 1000;

    static final JsonFactory FACTORY = factory(MAX_DEPTH);

    private static final JsonFactory OWN = factory(MAX_OWN_DEPTH);

    static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .nodeFactory(new Numbers())
            .addModule(new SimpleModule()
                    .addSerializer(Payload.class, new Nested.Writer())
                    .addDeserializer(Payload.class, new Nested.Reader()))
            .build();

    private Json() {}

    static JsonNode read(String text) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JsonProcessingException refused) {
            throw invalid(refused);
        }
        return checked(tree, Surrogates.mayBeBroken(text));
    }

    static JsonNode read(byte[] utf8) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(utf8);
        } catch (IOException refused) {
            throw invalid(refused);
        }
        return checked(tree, true);
    }

    /** Reads what this package wrote, which may nest deeper than what it accepts from others. */
    static JsonNode readOwn(byte[] utf8) {
        try (JsonParser parser = OWN.createParser(utf8)) {
            return MAPPER.readTree(parser);
        } catch (IOException impossible) {
            throw new IllegalStateException("JSON that was written cannot be read", impossible);
        }
    }

    static byte[] write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that was read cannot be written", impossible);
        }
    }

    private static JsonFactory factory(int depth) {
        // Names are not canonicalised: that table is shared, and clients choose what would go into it.
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxNumberLength(400)
                        .build())
                .build();
    }

    private static JsonNode checked(JsonNode tree, boolean mayBeBroken) {
        if (tree instanceof MissingNode) {
            throw new InvalidJsonException("no JSON value");
        }
        return mayBeBroken ? Surrogates.repaired(tree) : tree;
    }

    private static InvalidJsonException invalid(Exception refused) {
        return new InvalidJsonException(
                "not acceptable as JSON: " + refused.getClass().getSimpleName());
    }
}
