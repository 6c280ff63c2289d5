package dev.realtime.examples.store;

import dev.realtime.messaging.MessageStore;
import dev.realtime.testkit.MessageStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class JournalMessageStoreTest extends MessageStoreContract {
    @TempDir
    private Path folder;

    private JournalMessageStore store;

    @BeforeEach
    void open() {
        store = new JournalMessageStore(folder.resolve("journal"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public MessageStore store() {
        return store;
    }
}
