package dev.realtime.call.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.call.CallRecord;
import dev.realtime.call.CallRecords;
import dev.realtime.testkit.CallRecordsContract;
import dev.realtime.testkit.Calls;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryCallRecordsTest extends CallRecordsContract {
    private final CallRecords records = new InMemoryCallRecords(1_000);

    @Override
    protected CallRecords records() {
        return records;
    }

    @Test
    void beyondTheBoundTheFirstSavedAreForgotten() {
        CallRecords small = new InMemoryCallRecords(2);
        UserId ana = new UserId("ana");
        CallRecord first = Calls.missed(ana, new UserId("ben"), Calls.NOON);
        CallRecord second = Calls.missed(ana, new UserId("ben"), Calls.NOON.minusSeconds(1));
        CallRecord third = Calls.missed(ana, new UserId("cat"), Calls.NOON.minusSeconds(2));
        small.save(first);
        small.save(second);
        small.save(third);
        assertThat(small.history(ana, Instant.MAX, 10)).containsExactly(second, third);
        assertThat(small.history(new UserId("ben"), Instant.MAX, 10)).containsExactly(second);
    }
}
