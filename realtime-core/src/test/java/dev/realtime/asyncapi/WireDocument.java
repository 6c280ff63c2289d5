package dev.realtime.asyncapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.realtime.asyncapi.Operation.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The document as it lies in the repository, read once. Any thread may call. */
public final class WireDocument {
    /** The channels whose messages are not events but what carries them. */
    private static final Set<String> BENEATH_EVENTS = Set.of("connection", "plain");

    /** The one of this checkout. */
    public static final WireDocument CURRENT = new WireDocument(Path.of("../docs/asyncapi.yaml"));

    private final JsonNode root;
    private final Map<String, Shape> shapes = new HashMap<>();
    private final List<Operation> operations;

    private WireDocument(Path file) {
        try {
            root = new YAMLMapper().readTree(file.toFile());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        for (Map.Entry<String, JsonNode> message :
                root.at("/components/messages").properties()) {
            add(message.getKey(), message.getValue().get("payload"));
        }
        for (Map.Entry<String, JsonNode> schema : root.at("/components/schemas").properties()) {
            add(schema.getKey(), schema.getValue());
        }
        operations = operationsOf();
    }

    /** The whole of it. */
    public JsonNode root() {
        return root;
    }

    /** The shape of a message or a schema among the components, by its key. */
    public Shape shape(String key) {
        return Optional.ofNullable(shapes.get(key)).orElseThrow(() -> new AssertionError("no component " + key));
    }

    /** Everything that clients ask for or the server tells by an event. */
    public List<Operation> operations() {
        return operations;
    }

    /** The names of the events that go in one direction. */
    public Set<String> names(Action action) {
        return operations.stream()
                .filter(operation -> operation.action() == action)
                .map(Operation::event)
                .collect(Collectors.toSet());
    }

    /** What the document says of an event in one direction. */
    public Optional<Operation> find(Action action, String event) {
        return operations.stream()
                .filter(operation ->
                        operation.action() == action && operation.event().equals(event))
                .findFirst();
    }

    /** What {@code reference} stands for; missing when it leads nowhere. */
    JsonNode at(String reference) {
        return root.at(reference.substring(1));
    }

    private void add(String key, JsonNode schema) {
        shapes.put(key, new Shape(key, root, schema));
    }

    private List<Operation> operationsOf() {
        List<Operation> all = new ArrayList<>();
        root.get("operations").forEach(operation -> {
            if (!BENEATH_EVENTS.contains(lastOf(operation.at("/channel/$ref").asText()))) {
                String message = keysOf(operation.get("messages")).findFirst().orElseThrow();
                all.add(new Operation(
                        Action.valueOf(operation.get("action").asText().toUpperCase(Locale.ROOT)),
                        root.at("/components/messages").get(message).get("name").asText(),
                        shape(message),
                        keysOf(operation.at("/reply/messages")).map(this::shape).toList()));
            }
        });
        return List.copyOf(all);
    }

    /** The components that these messages of a channel are. */
    private Stream<String> keysOf(JsonNode references) {
        List<String> keys = new ArrayList<>();
        references.forEach(reference ->
                keys.add(lastOf(at(reference.get("$ref").asText()).path("$ref").asText())));
        return keys.stream();
    }

    private static String lastOf(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
