package dev.realtime.notification;

/**
 * How notifications are read, and how many are kept where they are kept in memory; beyond each bound the oldest goes.
 *
 * @param pageBytes where a page ends early, in bytes of JSON
 * @param keptPerUser how many one inbox in memory holds
 * @param kept how many all inboxes in memory hold together
 * @param keptBytes how large these are, by {@link Notification#weight()}; the newest stays, however large
 */
public record NotificationSettings(int pageBytes, int keptPerUser, int kept, long keptBytes) {
    /** Pages of 512 KB; 1,000 for a user and 100,000 in all, 64 MB. */
    public static final NotificationSettings DEFAULTS = new NotificationSettings(512 * 1024, 1_000, 100_000, 64L << 20);

    /** Checks that everything is at least 1. */
    public NotificationSettings {
        if (pageBytes < 1 || keptPerUser < 1 || kept < 1 || keptBytes < 1) {
            throw new IllegalArgumentException("notification settings are at least 1");
        }
    }
}
