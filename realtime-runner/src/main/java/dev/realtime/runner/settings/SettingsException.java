package dev.realtime.runner.settings;

import java.util.List;

/** The environment cannot be understood. Holds every problem found, each naming its variable and what is accepted. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an unmodifiable list of texts
    private final List<String> problems;

    /** All of the {@code problems} at once; none of them repeats a secret. */
    public SettingsException(List<String> problems) {
        super("configuration errors:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, in the order in which the variables are read. */
    public List<String> problems() {
        return problems;
    }
}
