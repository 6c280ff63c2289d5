package dev.realtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.Races;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeatsTest {
    private final Sessions sessions = new Sessions();

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void seatsHoldWhatASetWouldInTheOrderOfTaking() {
        Random random = Races.random();
        List<LiveSession> all = sessions(60);
        for (int round = 0; round < 40; round++) {
            Seats seats = new Seats();
            Set<LiveSession> model = new LinkedHashSet<>();
            for (int step = 0; step < 400; step++) {
                LiveSession one = all.get(random.nextInt(all.size()));
                // Times of arrival and times of departure follow each other, so that arrays grow and shrink.
                if (random.nextInt(100) < ((step / 100) % 2 == 0 ? 75 : 25)) {
                    seats.add(one);
                    model.add(one);
                } else {
                    seats.remove(one);
                    model.remove(one);
                }
                assertThat(seats.count()).isEqualTo(model.size());
                assertThat(seats.isEmpty()).isEqualTo(model.isEmpty());
                assertThat(taken(seats)).containsExactlyElementsOf(model);
            }
        }
    }

    @Test
    void readersSeeEverySessionThatStaysOnceWhileOthersComeAndGo() throws Exception {
        Random random = Races.random();
        List<LiveSession> staying = sessions(20);
        List<LiveSession> moving = sessions(50);
        Seats seats = new Seats();
        staying.forEach(seats::add);
        AtomicBoolean isOver = new AtomicBoolean();
        Races.together(3, racer -> {
            if (racer == 0) {
                for (int i = 0; i < 20_000; i++) {
                    LiveSession one = moving.get(random.nextInt(moving.size()));
                    if (random.nextBoolean()) {
                        seats.add(one);
                    } else {
                        seats.remove(one);
                    }
                }
                isOver.set(true);
                return racer;
            }
            while (!isOver.get()) {
                assertThat(taken(seats).stream().filter(staying::contains).toList())
                        .containsExactlyElementsOf(staying);
            }
            return racer;
        });
    }

    @Test
    void aSessionThatLeavesAndReturnsDuringAReadingIsSeenOnce() {
        List<LiveSession> all = sessions(3);
        Seats seats = new Seats();
        all.forEach(seats::add);
        List<LiveSession> seen = new ArrayList<>();
        seats.forEach(session -> {
            seen.add(session);
            seats.remove(all.get(0));
            seats.add(all.get(0));
        });
        assertThat(seen).containsExactlyElementsOf(all);
    }

    private List<LiveSession> sessions(int count) {
        List<LiveSession> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(sessions.session("u" + i));
        }
        return all;
    }

    private static List<LiveSession> taken(Seats seats) {
        List<LiveSession> taken = new ArrayList<>();
        seats.forEach(taken::add);
        return taken;
    }
}
