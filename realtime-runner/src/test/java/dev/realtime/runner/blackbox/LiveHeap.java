package dev.realtime.runner.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is alive in the heap of a JVM, after a full collection, as {@code jcmd} counts it.
 *
 * @param bytes all of it
 * @param instances of the classes of this project, by their names
 */
record LiveHeap(long bytes, Map<String, Long> instances) {

    static LiveHeap of(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            return read(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** How many there are of a class with this simple name. */
    long count(String type) {
        return instances.entrySet().stream()
                .filter(each -> each.getKey().endsWith("." + type))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static LiveHeap read(String histogram) {
        long bytes = -1;
        Map<String, Long> instances = new TreeMap<>();
        for (String line : histogram.lines().toList()) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns[0].equals("Total")) {
                bytes = Long.parseLong(columns[2]);
            } else if (columns.length > 3 && columns[3].startsWith("dev.realtime.")) {
                instances.put(columns[3], Long.parseLong(columns[1]));
            }
        }
        if (bytes < 0) {
            throw new IllegalStateException("no histogram: " + histogram);
        }
        return new LiveHeap(bytes, instances);
    }
}
