package dev.realtime.runner.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment while it is read. A value that cannot be read is noted and its default goes on, so that one start
 * finds every problem. A variable that is empty counts as not set. For one thread.
 */
final class Variables {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})([smhd]?)");
    private final Map<String, String> environment;
    private final Set<String> problems = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** As it is, blanks included: others may have been given the same secret. */
    Optional<String> secret(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }

    String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    int number(String name, int otherwise, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        String accepted = "a whole number from " + least + " to " + most;
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return value;
            }
            problem(name, shown(text.get()) + " is out of range", accepted);
        } catch (NumberFormatException unreadable) {
            problem(name, shown(text.get()) + " is not a number in range", accepted);
        }
        return otherwise;
    }

    Duration millis(String name, int otherwise, int least) {
        return Duration.ofMillis(number(name, otherwise, least, Integer.MAX_VALUE));
    }

    Duration span(String name, Duration otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        Matcher form = SPAN.matcher(text.get());
        if (form.matches()) {
            Duration value = unit(form.group(2)).multipliedBy(Long.parseLong(form.group(1)));
            if (!value.isZero() && value.compareTo(Duration.ofDays(3650)) <= 0) {
                return value;
            }
        }
        problem(name, shown(text.get()) + " is not a duration", "30s, 15m, 1h, 7d or seconds; at most 3650d");
        return otherwise;
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "d" -> Duration.ofDays(1);
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            default -> Duration.ofSeconds(1);
        };
    }

    boolean flag(String name, boolean otherwise) {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("true", true);
        words.put("false", false);
        return choice(name, words, otherwise);
    }

    <T> T choice(String name, Map<String, T> words, T otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        Optional<T> chosen = words.entrySet().stream()
                .filter(word -> word.getKey().equalsIgnoreCase(text.get()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (chosen.isEmpty()) {
            problem(name, shown(text.get()) + " is none of the choices", String.join(", ", words.keySet()));
        }
        return chosen.orElse(otherwise);
    }

    /** The parts of a comma separated value, trimmed, without empty ones. */
    Optional<List<String>> list(String name) {
        return text(name)
                .map(text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    void problem(String name, String problem, String accepted) {
        problems.add(name + ": " + problem + "; accepted: " + accepted);
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void requireNoProblems() {
        if (!problems.isEmpty()) {
            throw new SettingsException(List.copyOf(problems));
        }
    }

    /** A value that is no secret, cut to a length that fits a line. */
    static String shown(String value) {
        return "\"" + (value.length() > 60 ? value.substring(0, 60) + "..." : value) + "\"";
    }
}
