package dev.realtime.messaging;

/**
 * How messages are stored and read.
 *
 * @param lanes how many stores run at once; each room belongs to one lane
 * @param maxBatch how many messages are stored together at most
 * @param maxWaiting how many messages may wait in one lane; one more is refused as unavailable
 * @param pageBytes where a page of history ends early, in bytes of JSON
 */
public record MessagingSettings(int lanes, int maxBatch, int maxWaiting, int pageBytes) {
    /** 2 lanes, 4 on more than two processors, batches of 400, 20,000 waiting, pages of 512 KB. */
    public static final MessagingSettings DEFAULTS =
            new MessagingSettings(Runtime.getRuntime().availableProcessors() > 2 ? 4 : 2, 400, 20_000, 512 * 1024);

    /** Checks that everything is at least 1. */
    public MessagingSettings {
        if (lanes < 1 || maxBatch < 1 || maxWaiting < 1 || pageBytes < 1) {
            throw new IllegalArgumentException("messaging settings are at least 1");
        }
    }
}
