package dev.realtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private final Handshake handshake = new Handshake(
            "/socket.io/",
            Map.of("EIO", "4"),
            Map.of(
                    "Authorization",
                    List.of("Bearer a", "Bearer b"),
                    "COOKIE",
                    List.of("a=1; accessToken=x=y", "accessToken2=no"),
                    "Empty",
                    List.of()),
            Optional.empty());

    @Test
    void aHeaderIsFoundByAnySpellingAndGivesItsFirstValue() {
        assertThat(handshake.header("authorization")).contains("Bearer a");
        assertThat(handshake.header("AUTHORIZATION")).contains("Bearer a");
        assertThat(handshake.header("empty")).isEmpty();
        assertThat(handshake.header("absent")).isEmpty();
    }

    @Test
    void aCookieIsFoundByItsWholeName() {
        assertThat(handshake.cookie("accessToken")).contains("x=y");
        assertThat(handshake.cookie("accessToken2")).contains("no");
        assertThat(handshake.cookie("accesstoken")).isEmpty();
        assertThat(handshake.cookie("access")).isEmpty();
    }

    @Test
    void aParameterIsFoundByItsExactName() {
        assertThat(handshake.parameter("EIO")).contains("4");
        assertThat(handshake.parameter("eio")).isEmpty();
    }
}
