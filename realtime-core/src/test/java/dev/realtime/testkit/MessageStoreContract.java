package dev.realtime.testkit;

import dev.realtime.messaging.MessageStore;
import java.util.Optional;

/**
 * What every {@link MessageStore} promises, sentence by sentence. Whoever writes one extends this class and runs it:
 *
 * <pre>{@code
 * class MyMessageStoreTest extends MessageStoreContract {
 *     private final MessageStore store = new MyMessageStore(...);
 *
 *     @Override
 *     public MessageStore store() {
 *         return store;
 *     }
 * }
 * }</pre>
 *
 * <p>The tests use rooms of their own, so the data may live through the whole class. Its room is for a few thousand
 * messages.
 */
public abstract class MessageStoreContract
        implements MessageNumbering,
                MessageRetries,
                MessageFidelity,
                MessageHistory,
                MessageMoments,
                MessageRaces,
                MessageMarkers,
                MessageUnread,
                MessageDeletion {

    /** The store under test, the same each time within one test. */
    @Override
    public abstract MessageStore store();

    /** A second store on the same data, as another node or a later start has it; empty for one that shares nothing. */
    @Override
    public Optional<MessageStore> another() {
        return Optional.empty();
    }
}
