package dev.realtime.messaging;

import dev.realtime.address.RoomId;
import dev.realtime.address.SessionId;
import dev.realtime.address.UserId;
import dev.realtime.error.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Stores receipts in groups and announces them. A message in a room of a thousand brings a thousand of them, so a
 * group costs two calls of the store however large it is: one finds the messages, one moves the markers. Receipts of
 * one user are stored and announced in the order in which they came.
 */
final class Receipts {
    private final MessageStore store;
    private final MessageListener listener;
    private final InstantSource time;
    private final MessagingSettings settings;
    private final Lanes<Pending> lanes;

    Receipts(
            MessageStore store,
            MessageListener listener,
            InstantSource time,
            Executor executor,
            MessagingSettings settings) {
        this.store = store;
        this.listener = listener;
        this.time = time;
        this.settings = settings;
        this.lanes = new Lanes<>(this::commit, executor, settings);
    }

    /**
     * What a user says about messages.
     *
     * @param room in which they are and where everybody hears of it; empty when their senders do
     * @param counts which rooms count when none is given
     */
    record Said(
            ReceiptKind kind,
            UserId user,
            Optional<SessionId> session,
            Optional<RoomId> room,
            List<String> ids,
            Predicate<RoomId> counts) {

        /** The ids that can be those of messages. */
        private Set<UUID> candidates() {
            return ids.stream().flatMap(id -> MessageIds.parse(id).stream()).collect(Collectors.toSet());
        }

        private Receipt receipt(RoomId where, List<String> which, Optional<UserId> sender, Instant at) {
            return new Receipt(kind, user, session, where, which, sender, at);
        }
    }

    /** Stores it with whatever company it finds; the future ends after it was announced. */
    CompletableFuture<Void> submit(Said said) {
        Pending pending = new Pending(said, said.candidates(), new CompletableFuture<>());
        if (!lanes.bring(said.user(), pending)) {
            pending.result.completeExceptionally(
                    new StoreException("too many receipts wait to be stored: " + settings.maxWaiting()));
        }
        return pending.result;
    }

    private record Pending(Said said, Set<UUID> candidates, CompletableFuture<Void> result) {}

    private void commit(List<Pending> group) {
        try {
            Map<UUID, Located> located = locate(group);
            Map<Pending, List<Receipt>> receipts = new LinkedHashMap<>();
            Markers markers = new Markers();
            for (Pending pending : group) {
                understand(pending, located, markers).ifPresent(all -> receipts.put(pending, all));
            }
            markers.storeIn(store);
            receipts.forEach(this::announce);
        } catch (RuntimeException | Error failure) {
            // Whatever a group runs into, the lane goes on with the next.
            group.forEach(pending -> pending.result.completeExceptionally(failure));
        }
    }

    private Map<UUID, Located> locate(List<Pending> group) {
        Set<UUID> ids =
                group.stream().flatMap(pending -> pending.candidates.stream()).collect(Collectors.toSet());
        return ids.isEmpty()
                ? Map.of()
                : store.locate(ids).stream().collect(Collectors.toMap(Located::id, Function.identity()));
    }

    /** Who is to hear what; empty when it could not be found out whether the user has a right. */
    private Optional<List<Receipt>> understand(Pending pending, Map<UUID, Located> located, Markers markers) {
        Said said = pending.said;
        try {
            List<Located> meant = pending.candidates.stream()
                    .flatMap(id -> Optional.ofNullable(located.get(id)).stream())
                    .toList();
            List<Receipt> receipts = said.room().isPresent()
                    ? inRoom(said, said.room().get(), meant, markers)
                    : bySender(said, meant, markers);
            return Optional.of(receipts);
        } catch (RuntimeException failure) {
            // The host was asked for a right; what it throws is this receipt's failure and nobody else's.
            pending.result.completeExceptionally(failure);
            return Optional.empty();
        }
    }

    private List<Receipt> inRoom(Said said, RoomId room, List<Located> meant, Markers markers) {
        meant.stream().filter(found -> found.room().equals(room)).forEach(found -> markers.add(said, found));
        return said.ids().isEmpty() ? List.of() : List.of(said.receipt(room, said.ids(), Optional.empty(), now()));
    }

    private List<Receipt> bySender(Said said, List<Located> meant, Markers markers) {
        Map<RoomId, Boolean> rights = new HashMap<>();
        Map<RoomId, Map<UserId, List<String>>> heard = new LinkedHashMap<>();
        for (Located found : meant) {
            if (rights.computeIfAbsent(found.room(), said.counts()::test)) {
                markers.add(said, found);
                heard.computeIfAbsent(found.room(), first -> new LinkedHashMap<>())
                        .computeIfAbsent(found.sender(), first -> new ArrayList<>())
                        .add(found.id().toString());
            }
        }
        List<Receipt> receipts = new ArrayList<>();
        heard.forEach((room, senders) ->
                senders.forEach((sender, ids) -> receipts.add(said.receipt(room, ids, Optional.of(sender), now()))));
        return receipts;
    }

    private void announce(Pending pending, Collection<Receipt> receipts) {
        try {
            receipts.forEach(listener::received);
            pending.result.complete(null);
        } catch (RuntimeException | Error failure) {
            // The receipt is stored; the one behind it goes on.
            pending.result.completeExceptionally(failure);
        }
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The markers of a group, one for each user in each room. */
    private static final class Markers {
        private final Map<List<Object>, Marker> byMember = new LinkedHashMap<>();

        void add(Said said, Located found) {
            Marker marker = said.kind().marker(found.room(), said.user(), found.seq());
            byMember.merge(List.of(found.room(), said.user()), marker, Marker::and);
        }

        void storeIn(MessageStore store) {
            if (!byMember.isEmpty()) {
                store.mark(List.copyOf(byMember.values()));
            }
        }
    }
}
