package dev.realtime.runner.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks for a password: on the console without showing it, or else by the first line of an input. */
public final class PasswordPrompt implements Supplier<Optional<String>> {
    private final Optional<Console> console;
    private final InputStream input;

    PasswordPrompt(Optional<Console> console, InputStream input) {
        this.console = console;
        this.input = input;
    }

    /** Asks the console of this process when it has one, else reads its standard input in UTF-8. */
    public static PasswordPrompt ofProcess() {
        return new PasswordPrompt(Optional.ofNullable(System.console()), System.in);
    }

    /** The password; empty when there is no more input. */
    @Override
    public Optional<String> get() {
        if (console.isPresent()) {
            return Optional.ofNullable(console.get().readPassword("Password: ")).map(String::valueOf);
        }
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
            return Optional.ofNullable(lines.readLine());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the password could not be read", unreadable);
        }
    }
}
