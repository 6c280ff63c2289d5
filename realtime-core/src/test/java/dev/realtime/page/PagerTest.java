package dev.realtime.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A page cut out of items; one is written as its moment and its name. */
class PagerTest {

    @Test
    void aPageIsFullWhenThereIsOneMore() {
        Pager<String> pager = Pager.ofAny(2, 100);
        assertThat(pager.offer("1a", 1)).isTrue();
        assertThat(pager.offer("1b", 1)).isTrue();
        assertThat(pager.hasMore()).isFalse();
        assertThat(pager.offer("1c", 1)).isFalse();
        assertThat(pager.hasMore()).isTrue();
        assertThat(pager.taken()).containsExactly("1a", "1b");
        assertThatIllegalStateException().isThrownBy(() -> pager.offer("1d", 1));
    }

    @Test
    void whatSharesTheLastMomentBelongsToThePage() {
        Pager<String> pager = Pager.keepingMoments(2, 100, PagerTest::moment);
        assertThat(offered(pager, 1, "3a", "2a", "2b", "2c", "1a")).isEqualTo(5);
        assertThat(pager.taken()).containsExactly("3a", "2a", "2b", "2c");
    }

    @Test
    void aMomentThatDoesNotFitIsLeftOutWhole() {
        Pager<String> pager = Pager.keepingMoments(9, 30, PagerTest::moment);
        assertThat(offered(pager, 10, "3a", "2a", "2b", "2c")).isEqualTo(4);
        assertThat(pager.taken()).containsExactly("3a");
        assertThat(pager.hasMore()).isTrue();
    }

    @Test
    void aMomentLargerThanAPageIsSplit() {
        Pager<String> pager = Pager.keepingMoments(1, 20, PagerTest::moment);
        assertThat(offered(pager, 10, "2a", "2b", "2c")).isEqualTo(3);
        assertThat(pager.taken()).containsExactly("2a", "2b");
    }

    @Test
    void aPageHoldsOneHoweverLarge() {
        Pager<String> pager = Pager.ofAny(9, 1);
        assertThat(offered(pager, 100, "1a", "1b")).isEqualTo(2);
        assertThat(pager.taken()).containsExactly("1a");
    }

    @Test
    void sizesAreThoseOfUtf8() {
        for (String text : new String[] {"", "abc", "\u00e4\u07ff", "\u0800\u4f60", "\ud83d\ude00x"}) {
            assertThat(Weights.utf8(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    /** How many were looked at. */
    private static int offered(Pager<String> pager, int weight, String... items) {
        int looked = 0;
        while (looked < items.length && pager.offer(items[looked++], weight)) {}
        return looked;
    }

    private static Instant moment(String item) {
        return Instant.ofEpochMilli(item.charAt(0) - '0');
    }
}
