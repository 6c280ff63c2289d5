package dev.realtime.runner.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords(4);

    @Test
    void aHashIsOfItsPasswordOnly() {
        String hash = passwords.hash("correct horse");
        assertThat(hash).startsWith("$2a$04$").hasSize(60);
        assertThat(passwords.match("correct horse", hash)).isTrue();
        assertThat(passwords.match("Correct horse", hash)).isFalse();
        assertThat(passwords.match("", hash)).isFalse();
        assertThat(passwords.hash("correct horse")).isNotEqualTo(hash);
    }

    @Test
    void everyCharacterOfALongPasswordCounts() {
        for (int length : List.of(70, 71, 72, 73, 200, Passwords.MAX_LENGTH)) {
            String password = "ü".repeat(length);
            String hash = passwords.hash(password + "a");
            assertThat(passwords.match(password + "a", hash)).isTrue();
            assertThat(passwords.match(password + "b", hash)).isFalse();
        }
    }

    @Test
    void nobodyHasNoPassword() {
        assertThat(passwords.matchNobody("nobody's password")).isFalse();
        assertThat(passwords.matchNobody("")).isFalse();
    }

    @Test
    void whatIsNoHashMatchesNothing() {
        assertThat(passwords.match("x", "")).isFalse();
        assertThat(passwords.match("x", "x")).isFalse();
        assertThat(passwords.match("x", "$2a$04$short")).isFalse();
    }
}
