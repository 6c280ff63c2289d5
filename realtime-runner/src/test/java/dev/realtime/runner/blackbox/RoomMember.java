package dev.realtime.runner.blackbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A patient of a {@link Crowd} who joins one room over WebSocket and keeps the numbers of the messages there, or reads
 * no more once it is in. What it has heard may be asked from any thread.
 */
final class RoomMember extends WebSocketPeer {
    private static final Pattern SAID = Pattern.compile("\"message\":\"(\\d+) (\\d+) ");

    private final String room;
    private final boolean reads;
    private final Runnable joined;
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Long> waits = new ArrayList<>();
    private boolean isGone;

    RoomMember(String room, boolean reads, Runnable joined) {
        this.room = room;
        this.reads = reads;
        this.joined = joined;
    }

    /** A message that members understand. */
    static String text(int number, String padding) {
        return number + " " + System.nanoTime() + " " + padding;
    }

    /** The numbers of the messages heard, in the order in which they came. */
    synchronized List<Integer> numbers() {
        return List.copyOf(numbers);
    }

    /** How long each message took, in nanoseconds. */
    synchronized List<Long> waits() {
        return List.copyOf(waits);
    }

    synchronized boolean isGone() {
        return isGone;
    }

    /** Waits until so many messages have come, or a minute. */
    synchronized void await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (numbers.size() < count && System.nanoTime() < deadline) {
            TimeUnit.SECONDS.timedWait(this, 1);
        }
    }

    @Override
    void text(String beginning) {
        if (beginning.startsWith("0{")) {
            say("40" + Http.text(Map.of("token", Tokens.patient())));
        } else if (beginning.startsWith("42[\"connected\"")) {
            say("421[\"room:join\"," + Http.text(Map.of("roomId", room, "roomType", "chat")) + "]");
        } else if (beginning.startsWith("431[{\"success\":true")) {
            if (!reads) {
                stopReading();
            }
            joined.run();
        } else if (beginning.startsWith("42[\"message:new\"")) {
            note(SAID.matcher(beginning));
        }
    }

    @Override
    synchronized void ended() {
        isGone = true;
    }

    private synchronized void note(Matcher said) {
        if (said.find()) {
            numbers.add(Integer.parseInt(said.group(1)));
            waits.add(System.nanoTime() - Long.parseLong(said.group(2)));
            notifyAll();
        }
    }
}
