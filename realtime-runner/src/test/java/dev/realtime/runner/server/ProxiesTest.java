package dev.realtime.runner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.runner.http.AddressRange;
import dev.realtime.testkit.RawSocket;
import dev.realtime.transport.Handshake;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
    private static final Proxies TRUSTED = proxies("10.0.0.0/8", "192.0.2.7", "fd00::/8");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.1.1|198.51.100.9|198.51.100.9",
                "10.1.1.1|6.6.6.6, 198.51.100.9|198.51.100.9",
                "10.1.1.1|6.6.6.6, 198.51.100.9, 10.2.2.2|198.51.100.9",
                "10.1.1.1|6.6.6.6, 198.51.100.9, 192.0.2.7, 10.2.2.2|198.51.100.9",
                "10.1.1.1|10.3.3.3, 10.2.2.2|10.3.3.3",
                "10.1.1.1|6.6.6.6, unknown, 10.2.2.2|10.2.2.2",
                "10.1.1.1|attacker.example|10.1.1.1",
                "10.1.1.1|198.51.100.9:4711|198.51.100.9",
                "fd00:0:0:0:0:0:0:1|[2001:db8::9]:4711|2001:db8:0:0:0:0:0:9",
                "203.0.113.5|198.51.100.9|203.0.113.5",
                "192.0.2.8|198.51.100.9|192.0.2.8",
            })
    void theNearestAddressThatIsNoTrustedProxyIsTheClient(String peer, String forwarded, String client) {
        assertThat(TRUSTED.client(peer, List.of(forwarded))).isEqualTo(client);
    }

    @Test
    void severalLinesOfAHeaderAreOneList() {
        assertThat(TRUSTED.client("10.1.1.1", List.of("6.6.6.6", "198.51.100.9, 10.2.2.2")))
                .isEqualTo("198.51.100.9");
        assertThat(TRUSTED.client("10.1.1.1", List.of())).isEqualTo("10.1.1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.128.0.0/9, 10.127.255.255, false",
        "10.128.0.0/9, 10.200.0.0, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 203.0.113.5, true",
        "0.0.0.0/0, fd00::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
    })
    void aRangeHoldsTheAddressesThatBeginLikeIt(String range, String address, boolean isIn) {
        assertThat(proxies(range).trusts(address)).isEqualTo(isIn);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "::1/129", "host/8", "1.2.3", "''"})
    void whatIsNoRangeIsNotReadAsOne(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @Test
    void aTrustedProxySpeaksForItsClientInEveryKindOfRequest() throws Exception {
        try (Running running = Running.with(settings -> settings.behind(proxies("127.0.0.1")));
                RawSocket socket = new RawSocket(running.port());
                RawSocket page = new RawSocket(running.port())) {
            socket.upgrade("/socket.io/", "X-Forwarded-For: 6.6.6.6, 198.51.100.9", "X-Forwarded-Host: app.example");
            Handshake handshake = running.echo.next().handshake;
            assertThat(handshake.remoteAddress()).contains("198.51.100.9");
            assertThat(handshake.header("host")).contains("app.example");
            assertThat(page.exchange("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.9\r\n\r\n")
                            .body())
                    .isEqualTo("{\"from\":\"198.51.100.9\"}");
        }
    }

    @Test
    void fromAnybodyElseTheHeadersMeanNothing() throws Exception {
        try (Running running = Running.with(settings -> settings.behind(proxies("10.0.0.0/8")));
                RawSocket socket = new RawSocket(running.port())) {
            socket.upgrade("/socket.io/", "X-Forwarded-For: 198.51.100.9", "X-Forwarded-Host: app.example");
            Handshake handshake = running.echo.next().handshake;
            assertThat(handshake.remoteAddress()).contains("127.0.0.1");
            assertThat(handshake.header("host")).contains("localhost");
        }
    }

    private static Proxies proxies(String... ranges) {
        return new Proxies(Stream.of(ranges)
                .map(range -> AddressRange.parse(range).orElseThrow())
                .toList());
    }
}
