package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Message;
import dev.realtime.messaging.MessageStore;
import dev.realtime.messaging.Unread;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The store under test, and short ways to use it. */
interface TestedMessageStore {
    /** Larger than any page of the tests. */
    int PLENTY = 512 * 1024;

    MessageStore store();

    Optional<MessageStore> another();

    default List<Appended.Stored> append(Draft... drafts) {
        return appendTo(store(), List.of(drafts));
    }

    default Message stored(Draft draft) {
        return append(draft).get(0).message();
    }

    /** Appends and expects that each draft is stored. */
    static List<Appended.Stored> appendTo(MessageStore store, List<Draft> drafts) {
        List<Appended> answers = store.append(drafts);
        assertThat(answers).hasSameSizeAs(drafts).hasOnlyElementsOfType(Appended.Stored.class);
        return answers.stream().map(Appended.Stored.class::cast).toList();
    }

    static List<Message> messages(List<Appended.Stored> answers) {
        return answers.stream().map(Appended.Stored::message).toList();
    }

    static List<Long> numbers(List<Message> messages) {
        return messages.stream().map(Message::seq).toList();
    }

    static Stream<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text);
    }

    default HistoryPage page(RoomId room, HistoryQuery.Cursor cursor, int limit) {
        return store().history(new HistoryQuery(new HistoryQuery.OfRoom(room), cursor, limit, PLENTY));
    }

    default List<Message> newest(RoomId room) {
        return page(room, new HistoryQuery.Newest(), HistoryQuery.MAX_LIMIT).messages();
    }

    /** What the user has not read in a room that has messages. */
    default Unread.OfRoom unreadIn(RoomId room, UserId user) {
        return store().unread(user, List.of(room), 1_000).rooms().stream()
                .filter(each -> each.room().equals(room))
                .findFirst()
                .orElseThrow();
    }
}
