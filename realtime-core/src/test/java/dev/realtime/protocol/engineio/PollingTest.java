package dev.realtime.protocol.engineio;

import static dev.realtime.protocol.engineio.PollingFixture.RS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.transport.CloseReason;
import dev.realtime.transport.Frame;
import dev.realtime.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client hears by its GETs. */
class PollingTest {
    private final PollingFixture http = new PollingFixture();

    @BeforeEach
    void open() {
        http.open();
    }

    @Test
    void aGetIsHeldUntilThereIsSomethingToSay() {
        TestExchange get = http.poll();
        assertThat(get.isAnswered()).isFalse();
        RecordingCompletion done = http.write("4a", "4b");
        assertThat(get.status()).isEqualTo(200);
        assertThat(get.text()).isEqualTo("4a" + RS + "4b");
        assertThat(get.header("Content-Type")).contains("text/plain; charset=UTF-8");
        assertThat(get.header("Cache-Control")).contains("no-store");
        assertThat(done.written).isOne();
    }

    @Test
    void aWriteWaitsForTheNextGet() {
        RecordingCompletion done = http.write("4a");
        assertThat(done.written).isZero();
        assertThat(http.poll().text()).isEqualTo("4a");
        assertThat(done.written).isOne();
        assertThat(http.poll().isAnswered()).isFalse();
    }

    @Test
    void binaryGoesAsBase64WithoutATypeInFront() {
        http.io
                .upper
                .transport()
                .write(
                        List.of(Frame.text("451-[]"), Frame.binary(new byte[] {1, 2, 3, 4}), Frame.binary(new byte[0])),
                        new RecordingCompletion());
        assertThat(http.poll().text()).isEqualTo("451-[]" + RS + "bAQIDBA==" + RS + "b");
    }

    @Test
    void textGoesAsUtf8() {
        http.write("4\u20ac\ud83d\ude00");
        assertThat(http.poll().text()).isEqualTo("4\u20ac\ud83d\ude00");
    }

    @Test
    void whatACompletionBringsGoesIntoTheSameAnswer() {
        Deque<String> more = new ArrayDeque<>(List.of("4b", "4c"));
        http.io.upper.transport().write(List.of(Frame.text("4a")), new Transport.Completion() {
            @Override
            public void written() {
                if (!more.isEmpty()) {
                    http.io.upper.transport().write(List.of(Frame.text(more.remove())), this);
                }
            }

            @Override
            public void failed(Throwable cause) {}
        });
        assertThat(http.poll().text()).isEqualTo("4a" + RS + "4b" + RS + "4c");
    }

    @Test
    void anAnswerTakesNoMoreOnceItIsAsLargeAsAPayloadMayBe() {
        int[] rounds = {0};
        http.io.upper.transport().write(List.of(Frame.text("4")), new Transport.Completion() {
            @Override
            public void written() {
                rounds[0]++;
                http.io.upper.transport().write(List.of(Frame.text("4" + "x".repeat(399))), this);
            }

            @Override
            public void failed(Throwable cause) {}
        });
        assertThat(http.poll().text()).hasSize(1 + 3 * 401);
        assertThat(rounds[0]).isEqualTo(4);
        assertThat(http.poll().text()).hasSize(3 * 401 - 1);
    }

    @Test
    void theNextGetWaitsUntilTheAnswerBeforeIsOut() {
        TestExchange slow = http.ask(http.of("GET").holding());
        http.write("4a");
        assertThat(slow.text()).isEqualTo("4a");
        TestExchange next = http.poll();
        http.write("4b");
        assertThat(next.isAnswered()).isFalse();
        slow.sent();
        assertThat(next.text()).isEqualTo("4b");
    }

    @Test
    void anAnswerThatCannotBeSentEndsTheSession() {
        TestExchange get = http.ask(http.of("GET").holding());
        http.write("4a");
        get.lost();
        assertThat(http.io.upper.closed).containsExactly(CloseReason.LOST);
        assertThat(http.poll().text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
    }

    @Test
    void aSecondGetEndsTheSession() {
        TestExchange first = http.poll();
        TestExchange second = http.poll();
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text()).isEqualTo("1");
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.text()).isEmpty();
        assertThat(http.io.upper.closed).hasSize(1);
        assertThat(http.poll().text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void aGetThatIsCutEndsTheSession() {
        TestExchange get = http.poll();
        get.go();
        assertThat(http.io.upper.closed).containsExactly(CloseReason.LOST);
        assertThat(http.poll().text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void aGetThatComesWhileTheEndIsToldComesTooLate() {
        List<String> late = new ArrayList<>();
        http.io.upper.onClosed = () -> late.add(http.poll().text());
        http.poll().go();
        assertThat(late).containsExactly(PollingFixture.UNKNOWN_SESSION);
        assertThat(http.io.upper.closed).hasSize(1);
    }

    @Test
    void aClientThatGoesAfterItsAnswerHasLostNothing() {
        TestExchange get = http.poll();
        http.write("4a");
        get.go();
        assertThat(http.io.upper.closed).isEmpty();
        assertThat(http.isAlive()).isTrue();
    }

    @Test
    void aCutGetFailsTheWriteThatCouldNotGoYet() {
        TestExchange slow = http.ask(http.of("GET").holding());
        http.write("4a");
        TestExchange next = http.poll();
        RecordingCompletion done = http.write("4b");
        next.go();
        assertThat(done.failed).isOne();
        assertThat(http.io.upper.closed).containsExactly(CloseReason.LOST);
        slow.sent();
    }

    @Test
    void pingsAreAnsweredByPost() {
        for (int beat = 0; beat < 3; beat++) {
            TestExchange get = http.poll();
            http.io.advance(300);
            assertThat(get.text()).isEqualTo("2");
            http.io.advance(100);
            assertThat(http.post("3").text()).isEqualTo("ok");
        }
        assertThat(http.io.upper.closed).isEmpty();
    }

    @Test
    void aPingAndAWriteThatWaitGoTogether() {
        http.io.advance(300);
        http.write("4a");
        assertThat(http.poll().text()).isEqualTo("2" + RS + "4a");
    }

    @Test
    void aClientThatDoesNotAnswerThePingIsToldByItsGet() {
        http.io.advance(300);
        assertThat(http.poll().text()).isEqualTo("2");
        TestExchange get = http.poll();
        http.io.advance(200);
        assertThat(get.text()).isEqualTo("1");
        assertThat(http.io.upper.closed).containsExactly(CloseReason.TIMEOUT);
        assertThat(http.poll().text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
    }

    @Test
    void aClientThatDoesNotPollEndsWithItsPing() {
        RecordingCompletion done = http.write("4a");
        http.io.advance(500);
        assertThat(http.io.upper.closed).containsExactly(CloseReason.TIMEOUT);
        assertThat(done.failed).isOne();
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void theServerClosesAHeldGet() {
        TestExchange get = http.poll();
        http.io.upper.transport().close(CloseReason.DRAINING);
        assertThat(get.status()).isEqualTo(200);
        assertThat(get.text()).isEqualTo("1");
        assertThat(http.io.upper.closed).containsExactly(CloseReason.DRAINING);
        assertThat(http.poll().text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void aCloseWaitsForTheNextGetBehindWhatWasWritten() {
        RecordingCompletion done = http.write("41");
        http.io.upper.transport().close(CloseReason.DISCONNECTED);
        assertThat(http.io.upper.closed).containsExactly(CloseReason.DISCONNECTED);
        assertThat(http.isAlive()).isFalse();
        assertThat(http.post("4x").text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
        assertThat(http.poll().text()).isEqualTo("41");
        assertThat(done.written).isOne();
        TestExchange last = http.poll();
        assertThat(last.status()).isEqualTo(200);
        assertThat(last.text()).isEqualTo("6" + RS + "1");
        assertThat(http.poll().text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void aCloseWaitsBehindAPingAndTheWriteBehindIt() {
        http.io.advance(300);
        RecordingCompletion done = http.write("4bye");
        http.io.upper.transport().close(CloseReason.DRAINING);
        assertThat(http.poll().text()).isEqualTo("2" + RS + "4bye");
        assertThat(done.written).isOne();
        assertThat(http.poll().text()).isEqualTo("6" + RS + "1");
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void aCloseThatNobodyFetchesIsForgottenAfterFiveSeconds() {
        RecordingCompletion done = http.write("4a");
        http.io.upper.transport().close(CloseReason.DRAINING);
        http.io.advance(4999);
        assertThat(done.failed).isZero();
        http.io.advance(1);
        assertThat(done.failed).isOne();
        assertThat(http.poll().text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void cuttingAnswersAHeldGetAndFailsWhatWaits() {
        TestExchange get = http.poll();
        http.io.upper.transport().terminate();
        assertThat(get.text()).isEqualTo("1");
        assertThat(http.io.upper.closed).containsExactly(CloseReason.LOST);
        assertThat(http.write("4late").failed).isOne();
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void aGetAfterTheClientHasLeftIsAnsweredOnce() {
        RecordingCompletion done = http.write("4never");
        assertThat(http.post("1").text()).isEqualTo("ok");
        assertThat(http.io.upper.closed).containsExactly(CloseReason.LOST);
        TestExchange late = http.poll();
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.text()).isEqualTo("6");
        assertThat(done.failed).isOne();
        assertThat(http.poll().status()).isEqualTo(400);
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void aGetThatWaitsWhenTheClientLeavesIsReleased() {
        TestExchange get = http.poll();
        assertThat(http.post("1").text()).isEqualTo("ok");
        assertThat(get.status()).isEqualTo(200);
        assertThat(get.text()).isEqualTo("6");
        assertThat(http.poll().text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void aGetAfterTheClientHasLeftIsAwaitedForFiveSecondsOnly() {
        http.post("1");
        http.io.advance(5000);
        assertThat(http.poll().text()).isEqualTo(PollingFixture.UNKNOWN_SESSION);
        assertThat(http.io.time.waiting()).isZero();
    }

    @Test
    void aCloseWithinOpenIsFetchedByTheFirstGet() {
        PollingFixture other = new PollingFixture();
        other.io.upper.onOpen = transport -> transport.close(CloseReason.DRAINING);
        assertThat(other.open().text()).startsWith("0{");
        assertThat(other.poll().text()).isEqualTo("6" + RS + "1");
    }

    @Test
    void aLayerAboveThatThrowsCostsOnePacket() {
        http.io.upper.onReceived = (transport, frame) -> {
            if (frame.text().equals("4bad")) {
                throw new IllegalStateException("a bug");
            }
        };
        assertThat(http.post("4bad" + RS + "4good").text()).isEqualTo("ok");
        assertThat(http.io.upper.received).hasSize(2);
        assertThat(http.post("4next").text()).isEqualTo("ok");
        assertThat(http.io.upper.closed).isEmpty();
    }

    @Test
    void whatIsWrittenWithinOpenWaitsForTheGetAfterTheHandshake() {
        PollingFixture other = new PollingFixture();
        other.io.upper.onOpen = transport -> transport.write(List.of(Frame.text("4first")), new RecordingCompletion());
        assertThat(other.open().text()).startsWith("0{").endsWith("}");
        assertThat(other.poll().text()).isEqualTo("4first");
    }
}
