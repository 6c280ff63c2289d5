package dev.realtime.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.address.VisitId;
import dev.realtime.visit.Visit;
import dev.realtime.visit.VisitDirectory;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link VisitDirectory} promises, sentence by sentence. Whoever writes one extends this class. */
public abstract class VisitDirectoryContract {

    /** The directory under test, the same each time within one test; other tests' visits may be in it. */
    protected abstract VisitDirectory directory();

    /** Makes the directory know the visit, in place of one with the same id. */
    protected abstract void enter(Visit visit);

    @Test
    void anUnknownVisitIsNotFoundAndHasNoParticipants() {
        VisitId unknown = Drafts.freshVisit();
        assertThat(directory().find(unknown)).isEmpty();
        assertThat(directory().isParticipant(unknown, new UserId("ana"))).isFalse();
    }

    @Test
    void aVisitIsFoundAsItWasEntered() {
        Visit visit = visit(Drafts.freshVisit(), "ana", "doc");
        enter(visit);
        assertThat(directory().find(visit.id())).contains(visit);
    }

    @Test
    void patientAndProviderTakePartAndNobodyElse() {
        Visit visit = visit(Drafts.freshVisit(), "ana", "doc");
        enter(visit);
        assertThat(directory().isParticipant(visit.id(), new UserId("ana"))).isTrue();
        assertThat(directory().isParticipant(visit.id(), new UserId("doc"))).isTrue();
        assertThat(directory().isParticipant(visit.id(), new UserId("Ana"))).isFalse();
        assertThat(directory().isParticipant(visit.id(), new UserId("ben"))).isFalse();
    }

    @Test
    void enteringAVisitAgainReplacesIt() {
        VisitId id = Drafts.freshVisit();
        enter(visit(id, "ana", "doc"));
        Visit changed = visit(id, "ana", "eve");
        enter(changed);
        assertThat(directory().find(id)).contains(changed);
        assertThat(directory().isParticipant(id, new UserId("doc"))).isFalse();
    }

    @Test
    void theNewestVisitsOfAUserComeFirst() {
        String user = "user-" + UUID.randomUUID();
        Visit old = entered(user, "doc", 1);
        Visit newest = entered("ana", user, 3);
        Visit middle = entered(user, "eve", 2);
        entered("ana", "doc", 4);
        assertThat(directory().visitsOf(new UserId(user), 10)).containsExactly(newest.id(), middle.id(), old.id());
        assertThat(directory().visitsOf(new UserId(user), 2)).containsExactly(newest.id(), middle.id());
        assertThat(directory().visitsOf(new UserId("user-" + UUID.randomUUID()), 2))
                .isEmpty();
    }

    private Visit entered(String patient, String provider, int second) {
        Visit visit = new Visit(
                Drafts.freshVisit(), new UserId(patient), new UserId(provider), Drafts.NOON.plusSeconds(second));
        enter(visit);
        return visit;
    }

    private static Visit visit(VisitId id, String patient, String provider) {
        return new Visit(id, new UserId(patient), new UserId(provider), Instant.parse("2026-11-23T09:15:48.007Z"));
    }
}
