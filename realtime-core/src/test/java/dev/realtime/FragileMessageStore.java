package dev.realtime;

import dev.realtime.address.RoomId;
import dev.realtime.error.StoreException;
import dev.realtime.messaging.Appended;
import dev.realtime.messaging.Draft;
import dev.realtime.messaging.HistoryPage;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.InMemoryMessageStore;
import dev.realtime.messaging.MessageStore;
import java.util.List;

/** A store in memory that can be told to fail, in the way a store should and in ways it should not. */
final class FragileMessageStore implements MessageStore {
    enum Mood {
        WELL,
        FAILING,
        THROWING,
        FORGETFUL,
        DYING
    }

    volatile Mood mood = Mood.WELL;
    private final MessageStore well = new InMemoryMessageStore();

    @Override
    public List<Appended> append(List<Draft> drafts) {
        return switch (mood) {
            case WELL -> well.append(drafts);
            case FAILING ->
                drafts.stream()
                        .<Appended>map(draft -> new Appended.Failed(new StoreException("the store is away")))
                        .toList();
            case THROWING -> throw new IllegalStateException("a bug in a store");
            case FORGETFUL -> List.of();
            case DYING -> throw new AssertionError("an error in a store");
        };
    }

    @Override
    public HistoryPage history(HistoryQuery query) {
        requireWell();
        return well.history(query);
    }

    @Override
    public long lastSeq(RoomId room) {
        requireWell();
        return well.lastSeq(room);
    }

    private void requireWell() {
        if (mood != Mood.WELL) {
            throw new StoreException("the store is away");
        }
    }
}
