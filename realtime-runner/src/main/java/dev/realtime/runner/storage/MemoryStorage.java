package dev.realtime.runner.storage;

import dev.realtime.call.CallRecords;
import dev.realtime.call.memory.InMemoryCallRecords;
import dev.realtime.messaging.MessageStore;
import dev.realtime.messaging.memory.InMemoryMessageStore;
import dev.realtime.notification.InMemoryNotificationStore;
import dev.realtime.notification.NotificationStore;
import dev.realtime.room.InMemoryRoomBindings;
import dev.realtime.room.RoomBindings;
import dev.realtime.runner.account.AccountStore;
import dev.realtime.runner.account.InMemoryAccountStore;
import dev.realtime.runner.account.InMemoryRefreshFamilyStore;
import dev.realtime.runner.account.RefreshFamilyStore;
import dev.realtime.visit.InMemoryVisitDirectory;
import dev.realtime.visit.Visit;
import dev.realtime.visit.VisitDirectory;
import java.time.Duration;

/** Everything in this process, gone with it. */
final class MemoryStorage implements Storage {
    private final MessageStore messages = new InMemoryMessageStore();
    private final NotificationStore notifications = new InMemoryNotificationStore();
    private final RoomBindings bindings = new InMemoryRoomBindings();
    private final InMemoryVisitDirectory visits = new InMemoryVisitDirectory();
    private final CallRecords callRecords = new InMemoryCallRecords();
    private final AccountStore accounts = new InMemoryAccountStore();
    private final RefreshFamilyStore refreshFamilies = new InMemoryRefreshFamilyStore();

    @Override
    public MessageStore messages() {
        return messages;
    }

    @Override
    public NotificationStore notifications() {
        return notifications;
    }

    @Override
    public RoomBindings bindings() {
        return bindings;
    }

    @Override
    public VisitDirectory visits() {
        return visits;
    }

    @Override
    public CallRecords callRecords() {
        return callRecords;
    }

    @Override
    public void put(Visit visit) {
        visits.put(visit);
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public RefreshFamilyStore refreshFamilies() {
        return refreshFamilies;
    }

    @Override
    public void check(Duration patience) {
        // Memory is always there.
    }

    @Override
    public String description() {
        return "memory, bounded, lost at the stop";
    }

    @Override
    public void close() {
        // Nothing is held but memory.
    }
}
