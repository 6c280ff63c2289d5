package dev.realtime.engine.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.recovery.RecoverySettings;
import dev.realtime.transport.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Frames of 10 bytes, queues of 40. */
class FeedTest {
    private final RecordingTransport transport = new RecordingTransport().manually();
    private final Outbox outbox = new Outbox(transport, new Flusher("never-started"), 40);
    private final Feed feed = new Feed(RecoverySettings.DEFAULTS);
    private final List<String> done = new ArrayList<>();

    @Test
    void whoIsCaughtUpIsSoAtOnce() {
        feed.begin(outbox, parcel("hello", 1), 0);
        feed.whenCaughtUp(() -> done.add("caught up"));
        assertThat(done).containsExactly("caught up");
    }

    @Test
    void whoHasMissedMuchIsCaughtUpWhenAllOfItIsOnItsWayAndOnce() {
        for (int i = 0; i < 6; i++) {
            feed.deliver(parcel("m" + i, i + 2));
        }
        feed.begin(outbox, parcel("hello", 1), 0);
        feed.whenCaughtUp(() -> done.add("caught up"));
        drain();
        assertThat(done).isEmpty();
        drain();
        assertThat(done).containsExactly("caught up");
        feed.deliver(parcel("live", 9));
        drain();
        drain();
        assertThat(transport.frames())
                .extracting(String::strip)
                .containsExactly("hello", "m0", "m1", "m2", "m3", "m4", "m5", "live");
        assertThat(done).hasSize(1);
    }

    @Test
    void whoIsLostBeforeIsNeverCaughtUp() {
        for (int i = 0; i < 6; i++) {
            feed.deliver(parcel("m" + i, i + 2));
        }
        feed.whenCaughtUp(() -> done.add("without a connection"));
        feed.begin(outbox, parcel("hello", 1), 0);
        feed.whenCaughtUp(() -> done.add("caught up"));
        feed.pause(outbox);
        drain();
        drain();
        assertThat(done).isEmpty();
    }

    private void drain() {
        int before = transport.writes().size();
        outbox.flush();
        if (transport.writes().size() > before) {
            transport.complete();
        }
    }

    private static Parcel parcel(String name, long stamp) {
        Frame frame = Frame.text(name + " ".repeat(8 - name.length()));
        return Parcel.of(List.of(frame), false, false, Optional.empty(), stamp);
    }
}
