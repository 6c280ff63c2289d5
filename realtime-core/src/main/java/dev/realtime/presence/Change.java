package dev.realtime.presence;

/**
 * Something about a user that others can see has changed: another status, other words.
 *
 * @param presence the user from then on
 * @param version grows from change to change of one user, on whichever node they happen, also when the store has
 *     forgotten the user between; a node that sees it grow by more than one knows that others have changed the user
 */
public record Change(Presence presence, long version) {}
