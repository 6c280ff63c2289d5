package dev.realtime.call;

import dev.realtime.address.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What time alone makes of a call: until when it may stay as it is, and what it is then. */
record CallTerms(CallSettings settings) {
    private static final Comparator<Term> EARLIEST = Comparator.comparing(Term::at);

    /** Until when a call may stay as it is, and what it becomes when it is looked at from then on. */
    private record Term(Instant at, Function<Instant, Call> outcome) {}

    /** When it has to be looked at; empty when it may stay as it is for ever. */
    Optional<Instant> deadline(Call call) {
        return terms(call).min(EARLIEST).map(Term::at);
    }

    /** What has become of the call by now; empty when nothing has. */
    Optional<Call> lapsed(Call call, Instant now) {
        return terms(call)
                .filter(term -> !term.at().isAfter(now))
                .min(EARLIEST)
                .map(term -> term.outcome().apply(now));
    }

    /** The parties that have been gone for too long by now. */
    List<UserId> overdue(Call call, Instant now) {
        return absent(call)
                .filter(absence -> !graceEnd(absence).isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Stream<Term> terms(Call call) {
        return switch (call.state()) {
            case RINGING -> Stream.concat(Stream.of(ringEnd(call)), absences(call));
            case ACCEPTED -> Stream.concat(Stream.of(progress(call)), absences(call));
            case IN_PROGRESS -> absences(call);
            case REJECTED, MISSED, ENDED -> Stream.empty();
        };
    }

    private Term ringEnd(Call call) {
        return new Term(call.startedAt().plus(settings.ringTimeout()), now -> call.missed(Ending.of(now)));
    }

    private Term progress(Call call) {
        Instant answered = call.answeredAt().orElse(call.startedAt());
        return new Term(answered.plus(settings.progressDelay()), now -> call.inProgress());
    }

    private Stream<Term> absences(Call call) {
        return absent(call).map(absence -> new Term(graceEnd(absence), now -> call.abandoned(absence.getKey(), now)));
    }

    private Stream<Map.Entry<UserId, Instant>> absent(Call call) {
        Set<UserId> needed = needed(call);
        return call.gone().entrySet().stream()
                .filter(absence -> needed.contains(absence.getKey()))
                .sorted(Map.Entry.comparingByKey());
    }

    /** While it rings only the caller has to be there: the callee may be on the way to a device. */
    private static Set<UserId> needed(Call call) {
        return call.isRinging() ? Set.of(call.caller()) : call.invitation().parties();
    }

    private Instant graceEnd(Map.Entry<UserId, Instant> absence) {
        return absence.getValue().plus(settings.disconnectGrace());
    }
}
