package dev.realtime.call;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many calls live.
 *
 * @param total all of them
 * @param byState by how far they have come; a state without calls is not there
 * @param byType by what they are to carry; calls of no type are not there
 */
public record CallStats(long total, Map<CallState, Long> byState, Map<CallType, Long> byType) {
    /** Copies the maps. */
    public CallStats {
        byState = Map.copyOf(byState);
        byType = Map.copyOf(byType);
    }

    /** Those of these calls that are not over, counted. */
    public static CallStats of(Collection<Call> calls) {
        long total = 0;
        Map<CallState, Long> byState = new EnumMap<>(CallState.class);
        Map<CallType, Long> byType = new EnumMap<>(CallType.class);
        for (Call call : calls) {
            if (!call.isOver()) {
                total++;
                byState.merge(call.state(), 1L, Long::sum);
                call.invitation().type().ifPresent(type -> byType.merge(type, 1L, Long::sum));
            }
        }
        return new CallStats(total, byState, byType);
    }
}
