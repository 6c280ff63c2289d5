package dev.realtime.runner.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserClientTest {
    private static final String FORM = "; accepted: the folder dist of the npm package socket.io-client";

    @TempDir
    private Path folder;

    @Test
    void withoutAFolderThereIsNone() {
        assertThat(read("").browserClient()).isEmpty();
    }

    @Test
    void theFilesOfPagesAreReadAndNoOthers() throws IOException {
        for (String name : new String[] {"socket.io.js", "socket.io.min.js", "socket.io.min.js.map", "other.js"}) {
            Files.writeString(folder.resolve(name), name);
        }
        BrowserClient client = read(folder.toString()).browserClient().orElseThrow();
        assertThat(client.folder()).isEqualTo(folder);
        assertThat(client.files()).containsOnlyKeys("socket.io.js", "socket.io.min.js", "socket.io.min.js.map");
        assertThat(client.files().get("socket.io.js")).asString().isEqualTo("socket.io.js");
    }

    @Test
    void aFolderThatHoldsNoClientIsAProblem() throws IOException {
        assertThat(problem(folder.resolve("nowhere"))).isEqualTo("it is no folder");
        assertThat(problem(folder)).isEqualTo("it holds no socket.io.js");
        Path script = Files.writeString(folder.resolve("socket.io.js"), "");
        assertThat(problem(script)).isEqualTo("it is no folder");
        Files.createDirectory(folder.resolve("socket.io.js.map"));
        assertThat(problem(folder)).isEqualTo("socket.io.js.map is no file");
        assertThat(problem("a\0b")).isEqualTo("it is not a path");
    }

    @Test
    void aFileOfTwoMillionBytesIsReadAndALargerOneAProblem() throws IOException {
        try (RandomAccessFile script =
                new RandomAccessFile(folder.resolve("socket.io.js").toFile(), "rw")) {
            script.setLength(2_000_000);
            assertThat(read(folder.toString()).browserClient()).isPresent();
            script.setLength(2_000_001);
            assertThat(problem(folder)).isEqualTo("socket.io.js has more than 2000000 bytes");
        }
    }

    private String problem(Object value) {
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> read(value.toString()));
        assertThat(refused.problems())
                .singleElement()
                .asString()
                .startsWith("SOCKETIO_CLIENT_DIR: ")
                .endsWith(FORM);
        return refused.problems().get(0).replace("SOCKETIO_CLIENT_DIR: ", "").replace(FORM, "");
    }

    private static RunnerSettings read(String value) {
        return RunnerSettings.read(Map.of("DATABASE_URL", "memory:", "SOCKETIO_CLIENT_DIR", value));
    }
}
