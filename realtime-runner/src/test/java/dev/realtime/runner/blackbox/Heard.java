package dev.realtime.runner.blackbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a client has heard, in the order it came. Any thread may add, any thread may wait. */
final class Heard {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** One thing heard: an event with its payload, or what happened to the connection. */
    record Event(String name, JsonNode data) {}

    private final List<Event> events = new ArrayList<>();

    synchronized void add(String name, JsonNode data) {
        events.add(new Event(name, data));
        notifyAll();
    }

    /** The payload of the first event of this name, waiting for it when it has not come yet. */
    JsonNode await(String name) {
        return await(name, 1);
    }

    /** The payload of the n-th event of this name. */
    JsonNode await(String name, int n) {
        return await(event -> event.name().equals(name), n, name).data();
    }

    /** The first event that is so. */
    Event await(Predicate<Event> wanted, String description) {
        return await(wanted, 1, description);
    }

    synchronized List<Event> all() {
        return List.copyOf(events);
    }

    List<String> names() {
        return all().stream().map(Event::name).toList();
    }

    List<JsonNode> named(String name) {
        return all().stream()
                .filter(event -> event.name().equals(name))
                .map(Event::data)
                .toList();
    }

    /** The n-th event that is so. */
    synchronized Event await(Predicate<Event> wanted, int n, String description) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (find(wanted, n).isEmpty()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("never heard " + description + " (" + n + "), only " + events);
                }
                wait(left);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurried);
        }
        return find(wanted, n).orElseThrow();
    }

    private synchronized Optional<Event> find(Predicate<Event> wanted, int n) {
        return events.stream().filter(wanted).skip(n - 1L).findFirst();
    }
}
