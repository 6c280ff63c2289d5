package dev.realtime.jdbc;

import dev.realtime.address.RoomId;
import dev.realtime.address.VisitId;
import dev.realtime.messaging.HistoryQuery;
import dev.realtime.messaging.Message;
import java.util.Map;

/**
 * Rows of {@code realtime_message} in the order of an index. The order names the column that is fixed as well, else H2
 * does not read the index backwards but sorts.
 *
 * @param condition which rows
 * @param order in which order
 * @param bindings the values the condition names
 */
record Slice(String condition, String order, Map<String, ?> bindings) {
    private static final String BY_SEQ = "room_id, seq";
    private static final String BACK_BY_SEQ = "room_id DESC, seq DESC";
    private static final String BACK_BY_TIME = "room_id DESC, sent_at DESC, seq DESC";
    private static final String BACK_OF_VISIT = "visit_id DESC, sent_at DESC, room_id DESC, seq DESC";

    /** Where the query begins. */
    static Slice first(HistoryQuery query) {
        if (query.source() instanceof HistoryQuery.OfRoom ofRoom) {
            return ofRoom(ofRoom.room(), query.cursor());
        }
        return ofVisit(((HistoryQuery.OfVisit) query.source()).visit(), query.cursor());
    }

    /** Where the query goes on after a message. */
    static Slice after(Message last, HistoryQuery query) {
        if (query.source() instanceof HistoryQuery.OfVisit ofVisit) {
            return ofVisitBefore(ofVisit.visit(), last);
        }
        return ofRoom(
                last.room(),
                query.cursor() instanceof HistoryQuery.AfterSeq
                        ? new HistoryQuery.AfterSeq(last.seq())
                        : new HistoryQuery.BeforeSeq(last.seq()));
    }

    private static Slice ofRoom(RoomId id, HistoryQuery.Cursor cursor) {
        String room = id.value();
        if (cursor instanceof HistoryQuery.AfterSeq after) {
            return new Slice("room_id = :room AND seq > :seq", BY_SEQ, Map.of("room", room, "seq", after.seq()));
        }
        if (cursor instanceof HistoryQuery.BeforeSeq before) {
            return new Slice("room_id = :room AND seq < :seq", BACK_BY_SEQ, Map.of("room", room, "seq", before.seq()));
        }
        if (cursor instanceof HistoryQuery.Before before) {
            long moment = Columns.ceilingMillis(before.moment());
            return new Slice(
                    "room_id = :room AND sent_at < :moment", BACK_BY_TIME, Map.of("room", room, "moment", moment));
        }
        return new Slice("room_id = :room", BACK_BY_SEQ, Map.of("room", room));
    }

    private static Slice ofVisit(VisitId id, HistoryQuery.Cursor cursor) {
        String visit = id.value();
        if (cursor instanceof HistoryQuery.Before before) {
            long moment = Columns.ceilingMillis(before.moment());
            return new Slice(
                    "visit_id = :visit AND sent_at < :moment", BACK_OF_VISIT, Map.of("visit", visit, "moment", moment));
        }
        return new Slice("visit_id = :visit", BACK_OF_VISIT, Map.of("visit", visit));
    }

    private static Slice ofVisitBefore(VisitId visit, Message last) {
        return new Slice(
                "visit_id = :visit AND sent_at <= :moment"
                        + " AND (sent_at < :moment OR room_id < :room OR (room_id = :room AND seq < :seq))",
                BACK_OF_VISIT,
                Map.of(
                        "visit", visit.value(),
                        "moment", last.timestamp().toEpochMilli(),
                        "room", last.room().value(),
                        "seq", last.seq()));
    }
}
