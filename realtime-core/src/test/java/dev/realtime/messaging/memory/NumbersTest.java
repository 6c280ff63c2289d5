package dev.realtime.messaging.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NumbersTest {

    @Property(tries = 300)
    void itCountsWhatASortedSetCounts(@ForAll @Size(max = 60) List<@IntRange(min = 1, max = 40) Integer> steps) {
        Numbers numbers = new Numbers();
        TreeSet<Long> model = new TreeSet<>();
        for (int step : steps) {
            if (step % 5 == 0) {
                numbers.dropThrough(step);
                model.headSet((long) step, true).clear();
            } else if (model.add((long) step)) {
                numbers.add(step);
            }
            for (long after = 0; after <= 41; after++) {
                assertThat(numbers.countAfter(after))
                        .isEqualTo(model.tailSet(after, false).size());
            }
            assertThat(numbers.isEmpty()).isEqualTo(model.isEmpty());
        }
    }
}
