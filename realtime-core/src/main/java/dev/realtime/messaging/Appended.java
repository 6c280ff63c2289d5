package dev.realtime.messaging;

import dev.realtime.error.StoreException;

/** What became of one draft. */
public sealed interface Appended {

    /**
     * The message is stored and survives this process as far as the store promises.
     *
     * @param message as it stands in the store: for a retry the first one
     * @param isNew whether this call stored it
     */
    record Stored(Message message, boolean isNew) implements Appended {}

    /** This draft was not stored; others of the same call may be. */
    record Failed(StoreException cause) implements Appended {}
}
