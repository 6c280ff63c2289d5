package dev.realtime.jdbc;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.messaging.Draft;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drafts as {@code realtime_append} takes them: a column each, and the rooms without repetition. For one thread. */
final class DraftColumns {
    final Set<String> locks = new LinkedHashSet<>();
    final String[] ids;
    final String[] rooms;
    final String[] senders;
    final @Nullable String[] recipients;
    final @Nullable String[] visits;
    final @Nullable String[] clientMessageIds;
    final String[] bodies;
    final @Nullable String[] attachments;
    final String[] metadata;
    final Long[] moments;

    DraftColumns(List<Draft> drafts) {
        int count = drafts.size();
        ids = new String[count];
        rooms = new String[count];
        senders = new String[count];
        recipients = new String[count];
        visits = new String[count];
        clientMessageIds = new String[count];
        bodies = new String[count];
        attachments = new String[count];
        metadata = new String[count];
        moments = new Long[count];
        for (int i = 0; i < count; i++) {
            put(i, drafts.get(i));
        }
    }

    private void put(int i, Draft draft) {
        locks.add(draft.room().value());
        ids[i] = draft.id().toString();
        rooms[i] = draft.room().value();
        senders[i] = draft.sender().value();
        recipients[i] = draft.recipient().map(UserId::value).orElse(null);
        visits[i] = draft.visit().map(VisitId::value).orElse(null);
        clientMessageIds[i] = draft.clientMessageId().orElse(null);
        bodies[i] = draft.text();
        attachments[i] = draft.attachments().map(Columns::json).orElse(null);
        metadata[i] = draft.metadata().toString();
        moments[i] = Columns.floorMillis(draft.proposedAt());
    }
}
