package dev.realtime.jdbc;

import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.RetryKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drafts that came together, without those that repeat an earlier one of them. For one thread. */
final class Batch {
    private final List<Draft> distinct = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    private Batch() {}

    static Batch of(List<Draft> drafts) {
        Batch batch = new Batch();
        Map<RetryKey, Integer> first = new HashMap<>();
        for (Draft draft : drafts) {
            int next = batch.distinct.size();
            int place = RetryKey.of(draft)
                    .map(key ->
                            Optional.ofNullable(first.putIfAbsent(key, next)).orElse(next))
                    .orElse(next);
            batch.places.add(place);
            if (place == next) {
                batch.distinct.add(draft);
            }
        }
        return batch;
    }

    /** The drafts to store, in their order. */
    List<Draft> distinct() {
        return distinct;
    }

    /** The answers for all drafts, from those for the distinct ones: what repeats a draft is never new. */
    List<Appended> spread(List<Appended> answers) {
        List<Appended> all = new ArrayList<>(places.size());
        int told = 0;
        for (int place : places) {
            Appended answer = answers.get(place);
            if (place == told) {
                all.add(answer);
                told++;
            } else {
                all.add(repeated(answer));
            }
        }
        return all;
    }

    private static Appended repeated(Appended answer) {
        return answer instanceof Appended.Stored stored ? new Appended.Stored(stored.message(), false) : answer;
    }
}
