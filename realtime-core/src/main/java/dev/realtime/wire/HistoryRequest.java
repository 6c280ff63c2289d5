package dev.realtime.wire;

import dev.realtime.address.RoomId;
import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.messaging.HistoryQuery;
import java.util.Optional;
import java.util.OptionalLong;

/** What {@code message:history} asks for. The first that is present wins, among sources and among cursors. */
record HistoryRequest(HistoryQuery.Source source, HistoryQuery.Cursor cursor, int limit) {
    private static final int DEFAULT_LIMIT = 50;

    static HistoryRequest of(Fields fields, UserId reader) {
        Optional<VisitId> visit = fields.id("visitId", VisitId::new);
        Optional<RoomId> room = fields.id("roomId", RoomId::new);
        Optional<UserId> recipient = fields.id("recipientId", UserId::new);
        long limit = fields.number("limit").orElse(DEFAULT_LIMIT);
        HistoryQuery.Cursor cursor = cursor(fields);
        RoomId place = visit.map(RoomId::ofVisit)
                .or(() -> room)
                .or(() -> recipient.map(other -> RoomId.directChat(reader, other)))
                .orElseThrow(() -> new MissingFieldException("visitId is required"));
        HistoryQuery.Source source = visit.isPresent() && isByTime(cursor)
                ? new HistoryQuery.OfVisit(visit.get())
                : new HistoryQuery.OfRoom(place);
        return new HistoryRequest(source, cursor, (int) Math.max(1, Math.min(HistoryQuery.MAX_LIMIT, limit)));
    }

    /** By number, a visit's history is that of its own room: numbers of different rooms do not compare. */
    private static boolean isByTime(HistoryQuery.Cursor cursor) {
        return cursor instanceof HistoryQuery.Newest || cursor instanceof HistoryQuery.Before;
    }

    private static HistoryQuery.Cursor cursor(Fields fields) {
        OptionalLong after = fields.number("afterSeq");
        OptionalLong before = fields.number("beforeSeq");
        Optional<HistoryQuery.Cursor> moment = fields.moment("before").map(HistoryQuery.Before::new);
        if (after.isPresent()) {
            return new HistoryQuery.AfterSeq(after.getAsLong());
        }
        if (before.isPresent()) {
            return new HistoryQuery.BeforeSeq(before.getAsLong());
        }
        return moment.orElseGet(HistoryQuery.Newest::new);
    }
}
