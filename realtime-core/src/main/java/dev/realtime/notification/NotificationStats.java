package dev.realtime.notification;

/**
 * How much is kept.
 *
 * @param totalNotifications in all inboxes together
 * @param totalUnread of these
 * @param totalUsers whose inbox is not empty
 */
public record NotificationStats(long totalNotifications, long totalUnread, long totalUsers) {}
