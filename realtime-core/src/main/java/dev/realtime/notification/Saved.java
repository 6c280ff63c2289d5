package dev.realtime.notification;

/**
 * What became of a notification that was to be saved.
 *
 * @param notification as it was first sent; that of an earlier call when its id was known
 * @param isNew whether this call saved it
 */
public record Saved(Notification notification, boolean isNew) {}
