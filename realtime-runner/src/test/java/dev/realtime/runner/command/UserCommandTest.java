package dev.realtime.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.address.UserId;
import dev.realtime.runner.account.Account;
import dev.realtime.runner.account.InMemoryAccountStore;
import dev.realtime.runner.account.Passwords;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class UserCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:15:48.123Z");

    private final InMemoryAccountStore accounts = new InMemoryAccountStore();
    private final Passwords passwords = new Passwords(4);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void addEntersAUserAndPrintsTheId() {
        assertThat(run("wörd-fish 8\nmore", "add", "Eve@example.com", "doctor")).isZero();
        Account eve = accounts.find(new UserId(out.toString().strip())).orElseThrow();
        assertThat(eve.email()).isEqualTo("Eve@example.com");
        assertThat(eve.firstName()).isEqualTo("Eve");
        assertThat(eve.role()).isEqualTo("doctor");
        assertThat(eve.status()).isEqualTo(Account.Status.ACTIVE);
        assertThat(eve.isDemo()).isFalse();
        assertThat(eve.createdAt()).isEqualTo(NOW);
        assertThat(passwords.match("wörd-fish 8", eve.passwordHash())).isTrue();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void anAddressThatIsTakenIsRefused() {
        run("password1", "add", "eve@example.com", "doctor");
        assertThat(run("password2", "add", "EVE@example.com", "admin")).isEqualTo(1);
        assertThat(err.toString()).startsWith("There is a user with this address already.");
        Account eve = accounts.findByEmail("eve@example.com").orElseThrow();
        assertThat(passwords.match("password1", eve.passwordHash())).isTrue();
    }

    @Test
    void inputThatCannotBeRightIsRefused() {
        assertThat(run("password1", "add", "eve", "doctor")).isEqualTo(2);
        assertThat(err.toString()).contains("EMAIL is not an email address");
        assertThat(run("password1", "add", "eve@example.com", " ")).isEqualTo(2);
        assertThat(run("short", "add", "eve@example.com", "doctor")).isEqualTo(2);
        assertThat(err.toString())
                .contains("the password has 8 to 1024 characters")
                .doesNotContain("short");
        assertThat(run("", "add", "eve@example.com", "doctor")).isEqualTo(2);
        assertThat(run("password1", "add", "eve@example.com")).isEqualTo(2);
        assertThat(accounts.findByEmail("eve@example.com")).isEmpty();
    }

    private int run(String input, String... arguments) {
        PasswordPrompt prompt =
                new PasswordPrompt(Optional.empty(), new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return new CommandLine(new UserCommand(() -> accounts, passwords, () -> NOW, prompt))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
