package dev.realtime.testkit;

import dev.realtime.transport.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sequence of messages in one file that a person can read and a fuzzer can change: they are separated by newlines,
 * and one that begins with {@code #} is binary, of the bytes behind it. Stateless.
 */
public final class Messages {
    private Messages() {}

    /** The messages in {@code input}, at least one. */
    public static List<Frame> in(byte[] input) {
        List<Frame> frames = new ArrayList<>();
        int start = 0;
        for (int end = 0; end <= input.length; end++) {
            if (end == input.length || input[end] == '\n') {
                frames.add(frame(Arrays.copyOfRange(input, start, end)));
                start = end + 1;
            }
        }
        return frames;
    }

    private static Frame frame(byte[] line) {
        return line.length > 0 && line[0] == '#'
                ? Frame.binary(Arrays.copyOfRange(line, 1, line.length))
                : Frame.text(new String(line, StandardCharsets.UTF_8));
    }
}
