package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.call.CallQuality;
import dev.realtime.call.CallRecord;
import dev.realtime.call.CallRecords;
import dev.realtime.call.CallState;
import dev.realtime.call.Ending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CallRecords} promises. Extend it and hand in one that keeps at least 1,000 records; one that several
 * nodes share hands in a second one on the same data, too.
 */
public abstract class CallRecordsContract {
    private static final Instant NOON = Calls.NOON;

    private final UserId ana = Calls.freshUser();
    private final UserId ben = Calls.freshUser();

    /** For subclasses. */
    protected CallRecordsContract() {}

    /** The same store throughout a test; records of other users may be in it. */
    protected abstract CallRecords records();

    /** Another one on the same data, as another node has it. */
    protected Optional<CallRecords> another() {
        return Optional.empty();
    }

    private CallRecords elsewhere() {
        return another().orElseGet(this::records);
    }

    @Test
    void aRecordComesBackAsItWasSaved() {
        CallRecord whole = Calls.whole(ana, ben);
        records().save(whole);
        assertThat(elsewhere().history(ana, Instant.MAX, 10)).containsExactly(whole);
        assertThat(elsewhere().history(ben, Instant.MAX, 10)).containsExactly(whole);
    }

    @Test
    void whatIsNotKnownOfACallIsNotInvented() {
        CallRecord missed = Calls.missed(ana, ben, NOON);
        records().save(missed);
        assertThat(elsewhere().history(ana, Instant.MAX, 10)).containsExactly(missed);
    }

    @Test
    void aReasonIsKeptToTheLetter() {
        String reason = "busy \u00e9 \ud83d\ude00 'quoted' \\ \"" + "x".repeat(170);
        CallRecord rejected = new CallRecord(
                CallId.random(),
                ana,
                ben,
                Optional.empty(),
                Optional.empty(),
                CallState.REJECTED,
                NOON,
                Optional.empty(),
                new Ending(NOON.plusMillis(1), Optional.empty(), Optional.of(reason), 0),
                CallQuality.NONE);
        records().save(rejected);
        assertThat(elsewhere().history(ben, Instant.MAX, 10)).containsExactly(rejected);
    }

    @Test
    void broughtAgainARecordStaysAsItIs() {
        CallRecord first = Calls.missed(ana, ben, NOON);
        CallRecord again = new CallRecord(
                first.id(),
                ana,
                ben,
                Optional.empty(),
                Optional.empty(),
                CallState.ENDED,
                NOON.plusSeconds(9),
                Optional.empty(),
                new Ending(NOON.plusSeconds(9), Optional.of(ana), Optional.empty(), 0),
                CallQuality.NONE);
        records().save(first);
        elsewhere().save(first);
        elsewhere().save(again);
        assertThat(records().history(ana, Instant.MAX, 10)).containsExactly(first);
    }

    @Test
    void theNewestComeFirst() {
        List<CallRecord> saved = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            UserId caller = i % 3 == 0 ? ben : ana;
            saved.add(Calls.missed(caller, caller.equals(ana) ? ben : ana, NOON.plusMillis(i / 2)));
        }
        List<CallRecord> mixed = new ArrayList<>(saved);
        Collections.shuffle(mixed, Races.random());
        mixed.forEach(records()::save);
        saved.sort(CallRecord.NEWEST_FIRST);
        assertThat(elsewhere().history(ana, Instant.MAX, 100)).isEqualTo(saved);
        assertThat(elsewhere().history(ben, Instant.MAX, 7)).isEqualTo(saved.subList(0, 7));
    }

    @Test
    void beforeMeansEarlier() {
        CallRecord first = Calls.missed(ana, ben, NOON);
        CallRecord second = Calls.missed(ana, ben, NOON.plusMillis(1));
        records().save(first);
        records().save(second);
        assertThat(elsewhere().history(ana, NOON.plusMillis(2), 10)).containsExactly(second, first);
        assertThat(elsewhere().history(ana, NOON.plusMillis(1), 10)).containsExactly(first);
        assertThat(elsewhere().history(ana, NOON.plusNanos(1), 10)).containsExactly(first);
        assertThat(elsewhere().history(ana, NOON, 10)).isEmpty();
        assertThat(elsewhere().history(ana, Instant.MIN, 10)).isEmpty();
    }

    @Test
    void nobodyReadsTheCallsOfOthers() {
        records().save(Calls.missed(ana, ben, NOON));
        assertThat(elsewhere().history(Calls.freshUser(), Instant.MAX, 10)).isEmpty();
    }

    @Test
    void ofManyWhoSaveARecordAllSucceedAndItIsThereOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            UserId caller = Calls.freshUser();
            CallRecord record = Calls.whole(caller, ben);
            Races.together(4, racer -> {
                (racer % 2 == 0 ? records() : elsewhere()).save(record);
                return racer;
            });
            assertThat(records().history(caller, Instant.MAX, 10)).containsExactly(record);
        }
    }
}
