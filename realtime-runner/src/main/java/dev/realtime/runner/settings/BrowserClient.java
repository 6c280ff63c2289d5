package dev.realtime.runner.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stock Socket.IO client for browsers, as its files were at the start.
 *
 * @param folder where they were
 * @param files what is in them, by name; the bytes are shared, not copied: nobody may change them
 */
public record BrowserClient(Path folder, Map<String, byte[]> files) {
    private static final String VARIABLE = "SOCKETIO_CLIENT_DIR";
    private static final String FORM = "the folder dist of the npm package socket.io-client";
    private static final String ALWAYS_THERE = "socket.io.js";
    /** What the npm package has for pages; releases before 4.3 have no modules. */
    private static final List<String> NAMES = List.of(
            ALWAYS_THERE,
            "socket.io.js.map",
            "socket.io.min.js",
            "socket.io.min.js.map",
            "socket.io.esm.min.js",
            "socket.io.esm.min.js.map");

    private static final int MAX_BYTES = 2_000_000;

    /** Copies the map. */
    public BrowserClient {
        files = Map.copyOf(files);
    }

    static Optional<BrowserClient> read(Variables variables) {
        try {
            return variables.text(VARIABLE).map(Path::of).flatMap(folder -> in(folder, variables));
        } catch (InvalidPathException unreadable) {
            variables.problem(VARIABLE, "it is not a path", FORM);
            return Optional.empty();
        }
    }

    private static Optional<BrowserClient> in(Path folder, Variables variables) {
        if (!Files.isDirectory(folder)) {
            variables.problem(VARIABLE, "it is no folder", FORM);
            return Optional.empty();
        }
        if (Files.notExists(folder.resolve(ALWAYS_THERE))) {
            variables.problem(VARIABLE, "it holds no " + ALWAYS_THERE, FORM);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        NAMES.stream()
                .filter(name -> !Files.notExists(folder.resolve(name)))
                .forEach(name -> content(folder.resolve(name), variables).ifPresent(bytes -> files.put(name, bytes)));
        return Optional.of(new BrowserClient(folder.toAbsolutePath().normalize(), files));
    }

    private static Optional<byte[]> content(Path file, Variables variables) {
        if (!Files.isRegularFile(file)) {
            variables.problem(VARIABLE, file.getFileName() + " is no file", FORM);
            return Optional.empty();
        }
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                variables.problem(VARIABLE, file.getFileName() + " has more than " + MAX_BYTES + " bytes", FORM);
            }
            return Optional.of(bytes);
        } catch (IOException unreadable) {
            String reason = unreadable.getClass().getSimpleName();
            variables.problem(VARIABLE, file.getFileName() + " cannot be read (" + reason + ")", FORM);
            return Optional.empty();
        }
    }
}
