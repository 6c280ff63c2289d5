package dev.realtime.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Marker;
import dev.realtime.messaging.MessageStore;
import dev.realtime.testkit.Drafts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract cannot know: that the file has everything, and nothing that was deleted. */
class JournalTest {
    private static final RoomId ROOM = new RoomId("chat:ana:ben");

    @TempDir
    private Path folder;

    @Test
    void aStoreThatIsOpenedAgainKnowsWhatItKnew() {
        try (JournalMessageStore store = open()) {
            store.append(List.of(
                    Drafts.in(ROOM).from("ana").saying("one"),
                    Drafts.in(ROOM).from("ben").clientMessageId("c-1").saying("two"),
                    Drafts.in(ROOM).from("ana").saying("three")));
            store.append(
                    List.of(Drafts.in(ROOM).from("ben").clientMessageId("c-1").saying("two again")));
            store.mark(List.of(Marker.read(ROOM, new UserId("ana"), 1)));
            assertThat(store.erase(new UserId("ben"))).isEqualTo(1);
        }
        HistoryPage before;
        try (JournalMessageStore store = open()) {
            before = history(store);
            assertThat(before.messages())
                    .extracting(message -> message.seq() + message.text())
                    .containsExactly("1one", "3three");
            assertThat(store.lastSeq(ROOM)).isEqualTo(3);
        }
        try (JournalMessageStore store = open()) {
            assertThat(history(store)).isEqualTo(before);
        }
    }

    @Test
    void whatIsErasedLeavesTheFile() throws IOException {
        try (JournalMessageStore store = open()) {
            store.append(List.of(
                    Drafts.in(ROOM).from("ana").saying("a secret"),
                    Drafts.in(ROOM).from("ben").saying("hello")));
            store.erase(new UserId("ana"));
            assertThat(file()).content().doesNotContain("a secret").contains("hello");
        }
    }

    @Test
    void aLineThatACrashHasCutWasNeverAcknowledgedAndIsLeftOut() throws IOException {
        try (JournalMessageStore store = open()) {
            store.append(List.of(Drafts.in(ROOM).saying("one")));
        }
        Files.writeString(file(), "{\"do\":\"app", StandardOpenOption.APPEND);
        try (JournalMessageStore store = open()) {
            store.append(List.of(Drafts.in(ROOM).saying("two")));
        }
        try (JournalMessageStore store = open()) {
            assertThat(history(store).messages())
                    .extracting(message -> message.text())
                    .containsExactly("one", "two");
        }
    }

    private Path file() {
        return folder.resolve("journal");
    }

    private JournalMessageStore open() {
        return new JournalMessageStore(file());
    }

    private static HistoryPage history(MessageStore store) {
        return store.history(new HistoryQuery(
                new HistoryQuery.OfRoom(ROOM), new HistoryQuery.Newest(), HistoryQuery.MAX_LIMIT, 512 * 1024));
    }
}
