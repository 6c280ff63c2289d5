package dev.realtime.examples.store;

import dev.realtime.error.StoreException;
import dev.realtime.json.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Entries in a file, one JSON object a line, each on the disk before {@link #write} returns. A last line that a crash
 * has cut is left out. One process may have the file open. For one thread at a time.
 */
final class Journal implements AutoCloseable {
    private final Path file;
    private FileChannel channel;
    private boolean isBroken;

    Journal(Path file) {
        this.file = file;
        try {
            channel = open();
            channel.truncate(wholeLines().length);
            channel.position(channel.size());
        } catch (IOException away) {
            throw new StoreException("cannot open the journal " + file, away);
        }
    }

    /** Every entry, oldest first. */
    List<Payload> entries() {
        try {
            return new String(wholeLines(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Payload::parse)
                    .toList();
        } catch (IOException away) {
            throw new StoreException("cannot read the journal " + file, away);
        }
    }

    /** Adds an entry; a {@link StoreException} says that it is not there. */
    void write(Payload entry) {
        if (isBroken) {
            throw new StoreException("the journal " + file + " could not take back an entry and has to be opened anew");
        }
        try {
            long end = channel.size();
            try {
                append(channel, entry);
                channel.force(false);
            } catch (IOException failed) {
                takeBack(end);
                throw failed;
            }
        } catch (IOException away) {
            throw new StoreException("cannot write to the journal " + file, away);
        }
    }

    /** Writes all entries anew, each as {@code change} has it; the file is replaced as a whole or not at all. */
    void rewrite(UnaryOperator<Payload> change) {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel copy = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                for (Payload entry : entries()) {
                    append(copy, change.apply(entry));
                }
                copy.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            channel.close();
            channel = open();
            channel.position(channel.size());
        } catch (IOException away) {
            throw new StoreException("cannot rewrite the journal " + file, away);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException away) {
            throw new StoreException("cannot close the journal " + file, away);
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private byte[] wholeLines() throws IOException {
        byte[] all = Files.readAllBytes(file);
        int end = all.length;
        while (end > 0 && all[end - 1] != '\n') {
            end--;
        }
        return Arrays.copyOf(all, end);
    }

    private static void append(FileChannel to, Payload entry) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((entry + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            to.write(line);
        }
    }

    /** What was reported failed must not be read back after the next start. */
    private void takeBack(long end) {
        try {
            channel.truncate(end);
            channel.position(end);
            channel.force(true);
        } catch (IOException stuck) {
            isBroken = true;
        }
    }
}
