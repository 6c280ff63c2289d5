package dev.realtime.address;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The id of a room. Its prefix says what kind of place it is and so who may enter; it is otherwise taken verbatim.
 *
 * @param value 1 to 200 characters of {@code A-Z a-z 0-9 . _ @ + = | ~ - :}
 */
public record RoomId(String value) {
    /** The longest room id, in characters. */
    public static final int MAX_LENGTH = 200;

    private static final String CHAT = "chat:";

    /** Checks length and alphabet; {@link IllegalArgumentException} otherwise. */
    public RoomId {
        Ids.requireWithColon(value, MAX_LENGTH, "room id");
    }

    /** The direct chat of two users: {@code chat:<a>:<b>} with the ids in ascending order. */
    public static RoomId directChat(UserId one, UserId other) {
        boolean ordered = one.compareTo(other) <= 0;
        return new RoomId(CHAT + (ordered ? one : other) + ":" + (ordered ? other : one));
    }

    /** The room of a visit: {@code visit:<id>}. */
    public static RoomId ofVisit(VisitId visit) {
        return new RoomId("visit:" + visit);
    }

    /** The other of the two, when this is a direct chat of which the user is one. */
    public Optional<UserId> otherParty(UserId user) {
        String[] parts = value.split(":", -1);
        if (parts.length != 3 || !parts[0].equals("chat")) {
            return Optional.empty();
        }
        boolean isFirst = parts[1].equals(user.value());
        String other = isFirst ? parts[2] : parts[1];
        boolean isParty = isFirst || parts[2].equals(user.value());
        return isParty && !other.isEmpty() && other.length() <= UserId.MAX_LENGTH
                ? Optional.of(new UserId(other))
                : Optional.empty();
    }

    /** The users a chat's id names: the parts after {@code chat:} that can be user ids; nobody for other rooms. */
    public Set<UserId> parties() {
        if (!value.startsWith(CHAT)) {
            return Set.of();
        }
        return Arrays.stream(value.substring(CHAT.length()).split(":"))
                .filter(part -> !part.isEmpty() && part.length() <= UserId.MAX_LENGTH)
                .map(UserId::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** By hand: ids are keys of maps on the way of every event, and a record looks for how to at run time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof RoomId that && value.equals(that.value));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
