package dev.realtime.runner.command;

import dev.realtime.runner.account.Account;
import dev.realtime.runner.account.AccountStore;
import dev.realtime.runner.account.Passwords;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code user add EMAIL ROLE}: enters a user and prints the new id. For one thread. */
@Command(name = "user", description = "Manages the users who may log in.", mixinStandardHelpOptions = true)
public final class UserCommand {
    private static final int MIN_PASSWORD_LENGTH = 8;

    private final Supplier<AccountStore> accounts;
    private final Passwords passwords;
    private final InstantSource time;
    private final Supplier<Optional<String>> prompt;

    @Spec
    private @Nullable CommandSpec spec;

    /** Opens {@code accounts} only when the input is right. {@code prompt} gives the new user's password. */
    public UserCommand(
            Supplier<AccountStore> accounts,
            Passwords passwords,
            InstantSource time,
            Supplier<Optional<String>> prompt) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.time = time;
        this.prompt = prompt;
    }

    @Command(name = "add", description = "Adds a user. The password is asked for, or read from standard input.")
    int add(
            @Parameters(paramLabel = "EMAIL", description = "The address to log in with.") String email,
            @Parameters(paramLabel = "ROLE", description = "patient, provider, doctor, admin or your own.")
                    String role) {
        require(Account.isEmail(email), "EMAIL is not an email address");
        require(!role.isBlank() && role.length() <= 64, "ROLE has 1 to 64 characters");
        String password = prompt.get().orElse("");
        require(
                password.length() >= MIN_PASSWORD_LENGTH && password.length() <= Passwords.MAX_LENGTH,
                "the password has " + MIN_PASSWORD_LENGTH + " to " + Passwords.MAX_LENGTH + " characters");
        Account account = Account.create(email, role, passwords.hash(password), time.instant());
        if (!accounts.get().insert(account)) {
            known().commandLine().getErr().println("There is a user with this address already.");
            return 1;
        }
        known().commandLine().getOut().println(account.id());
        return 0;
    }

    private void require(boolean right, String message) {
        if (!right) {
            throw new ParameterException(known().commandLine(), message);
        }
    }

    private CommandSpec known() {
        return Optional.ofNullable(spec).orElseThrow();
    }
}
