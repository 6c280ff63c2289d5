package dev.realtime.testkit;

import dev.realtime.notification.NotificationStore;
import java.util.Optional;

/**
 * What every {@link NotificationStore} promises, sentence by sentence. Whoever writes one extends this class and runs it:
 *
 * <pre>{@code
 * class MyNotificationStoreTest extends NotificationStoreContract {
 *     private final NotificationStore store = new MyNotificationStore(...);
 *
 *     @Override
 *     public NotificationStore store() {
 *         return store;
 *     }
 * }
 * }</pre>
 *
 * <p>The tests use users of their own, so the data may live through the whole class. An inbox is for a thousand
 * notifications.
 */
public abstract class NotificationStoreContract
        implements NotificationSaving, NotificationPages, NotificationMarks, NotificationRaces {

    /** The store under test, the same each time within one test. */
    @Override
    public abstract NotificationStore store();

    /** A second store on the same data, as another node or a later start has it; empty for one that shares nothing. */
    @Override
    public Optional<NotificationStore> another() {
        return Optional.empty();
    }
}
