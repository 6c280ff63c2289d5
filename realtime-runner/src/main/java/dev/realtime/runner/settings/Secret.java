package dev.realtime.runner.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** A text that signs tokens or encrypts messages. It never shows itself in logs. Immutable. */
public final class Secret {
    private static final String FILE = "jwt-secret";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    static Secret of(String text) {
        return new Secret(text);
    }

    /** 256 random bits, as 43 characters. */
    static Secret random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The secret of a directory: made at the first call, with permissions for the owner alone, and read afterwards. */
    static Secret keptIn(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(FILE);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            keep(random(), directory, file);
        }
        String text = Files.readString(file).strip();
        if (text.length() < 32) {
            throw new IOException("the kept secret is too short");
        }
        return new Secret(text);
    }

    private static void keep(Secret secret, Path directory, Path file) throws IOException {
        Set<OpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, fresh, ownerOnly(directory))) {
            channel.write(ByteBuffer.wrap(secret.bytes()));
        } catch (FileAlreadyExistsException another) {
            // Another process of the same directory was quicker; its secret is ours too.
            return;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) {
        boolean isPosix =
                directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------")))
                }
                : new FileAttribute<?>[0];
    }

    /** The bytes to sign with: the text in UTF-8. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text itself, for what makes a key of it; never for a log. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
