package dev.realtime.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of CONTRACT 5.3. */
class CallStateTest {

    @ParameterizedTest
    @EnumSource(CallState.class)
    void aCallGoesWhereTheTableSays(CallState from) {
        Set<CallState> next = switch (from) {
            case RINGING -> Set.of(CallState.ACCEPTED, CallState.REJECTED, CallState.MISSED, CallState.ENDED);
            case ACCEPTED -> Set.of(CallState.IN_PROGRESS, CallState.ENDED);
            case IN_PROGRESS -> Set.of(CallState.ENDED);
            case REJECTED, MISSED, ENDED -> Set.of();
        };
        for (CallState to : CallState.values()) {
            assertThat(from.mayBecome(to)).as(from + " to " + to).isEqualTo(next.contains(to));
        }
    }

    @Test
    void aCallIsOverFromWhereItGoesNowhere() {
        for (CallState state : CallState.values()) {
            boolean goesOn = Set.of(CallState.values()).stream().anyMatch(state::mayBecome);
            assertThat(state.isOver()).isEqualTo(!goesOn);
        }
    }
}
