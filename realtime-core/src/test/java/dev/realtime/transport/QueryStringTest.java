package dev.realtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryStringTest {
    @Test
    void theLastValueOfARepeatedNameCounts() {
        assertThat(QueryString.parse("EIO=4&transport=polling&transport=websocket"))
                .containsEntry("EIO", "4")
                .containsEntry("transport", "websocket")
                .hasSize(2);
    }

    @Test
    void percentAndPlusAreDecodedAsUtf8() {
        assertThat(QueryString.parse("na%C3%AFve=a+b%26c")).containsEntry("naïve", "a b&c");
    }

    @Test
    void anEmptyQueryHasNoParameters() {
        assertThat(QueryString.parse("")).isEmpty();
        assertThat(QueryString.parse("&&")).isEmpty();
    }

    @Test
    void aNameWithoutValueIsEmptyAndBrokenEncodingStands() {
        assertThat(QueryString.parse("flag&bad=%zz&=x"))
                .containsEntry("flag", "")
                .containsEntry("bad", "%zz")
                .containsEntry("", "x");
    }
}
