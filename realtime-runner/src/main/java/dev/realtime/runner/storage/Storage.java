package dev.realtime.runner.storage;

import dev.realtime.call.CallRecords;
import dev.realtime.messaging.MessageStore;
import dev.realtime.notification.NotificationStore;
import dev.realtime.room.RoomBindings;
import dev.realtime.runner.account.AccountStore;
import dev.realtime.runner.account.RefreshFamilyStore;
import dev.realtime.runner.settings.DatabaseSettings;
import dev.realtime.visit.Visit;
import dev.realtime.visit.VisitDirectory;
import java.time.Duration;

/** All stores of the server, opened together and closed together. Safe for many threads. */
public interface Storage extends AutoCloseable {

    /** Opens what the settings name and brings its tables up to date. */
    static Storage open(DatabaseSettings settings) {
        return settings instanceof DatabaseSettings.Jdbc jdbc ? DatabaseStorage.open(jdbc) : new MemoryStorage();
    }

    /** Messages. */
    MessageStore messages();

    /** Notifications. */
    NotificationStore notifications();

    /** Which room belongs to which visit. */
    RoomBindings bindings();

    /** Who takes part in a visit. */
    VisitDirectory visits();

    /** The calls that are over. */
    CallRecords callRecords();

    /** Enters a visit, in place of one with the same id. */
    void put(Visit visit);

    /** The users who can log in here. */
    AccountStore accounts();

    /** Their refresh tokens. */
    RefreshFamilyStore refreshFamilies();

    /** Answers within about {@code patience}, or throws {@link dev.realtime.error.StoreException}. */
    void check(Duration patience);

    /** What it is, for the start report; no secrets. */
    String description();

    @Override
    void close();
}
