package dev.realtime.call;

import dev.realtime.address.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls as the contract tells of them, one after the other, with numbers for names and milliseconds for moments. */
final class CallModel {
    private static final long RING = 30_000;
    private static final long GRACE = 15_000;
    private static final long PROGRESS = 1_000;
    private static final long NEVER = Long.MAX_VALUE / 2;

    final List<Entry> calls = new ArrayList<>();
    final List<String> news = new ArrayList<>();
    private final Set<UserId> there = new HashSet<>();
    private long now;

    /** One call. */
    static final class Entry {
        final UserId caller;
        final UserId callee;
        final long startedAt;
        final Map<UserId, Long> gone = new HashMap<>();
        CallState state = CallState.RINGING;
        long answeredAt;

        Entry(UserId caller, UserId callee, long startedAt) {
            this.caller = caller;
            this.callee = callee;
            this.startedAt = startedAt;
        }

        boolean hasParty(UserId user) {
            return user.equals(caller) || user.equals(callee);
        }
    }

    String ring(UserId caller, UserId callee) {
        if (caller.equals(callee)) {
            return "SelfCallException";
        }
        calls.add(new Entry(caller, callee, now));
        news.add("ringing " + (calls.size() - 1));
        return "ok";
    }

    String accept(UserId user, int number) {
        String refusal = refusal(number, calls.get(number).callee.equals(user));
        if (!refusal.equals("ok")) {
            return refusal;
        }
        Entry call = calls.get(number);
        if (call.state != CallState.RINGING) {
            return "CallStateException";
        }
        call.state = CallState.ACCEPTED;
        call.answeredAt = now;
        call.gone.remove(user);
        news.add("accepted " + number);
        return "ok";
    }

    String reject(UserId user, int number) {
        String refusal = refusal(number, calls.get(number).callee.equals(user));
        if (!refusal.equals("ok")) {
            return refusal;
        }
        Entry call = calls.get(number);
        if (call.state != CallState.RINGING) {
            return "CallStateException";
        }
        call.state = CallState.REJECTED;
        news.add("rejected " + number);
        return "ok";
    }

    String end(UserId user, int number) {
        String refusal = refusal(number, calls.get(number).hasParty(user));
        if (refusal.equals("ok")) {
            end(number, user, "");
        }
        return refusal;
    }

    String signal(UserId user, int number) {
        String refusal = refusal(number, calls.get(number).hasParty(user));
        if (refusal.equals("ok")) {
            news.add("signaled " + number + " by " + user);
        }
        return refusal;
    }

    void lose(UserId user) {
        there.remove(user);
        open(user).forEach(call -> call.gone.put(user, now));
    }

    /** Is back, and no call has heard of it. */
    void come(UserId user) {
        there.add(user);
    }

    void comeBack(UserId user) {
        there.add(user);
        open(user).forEach(call -> call.gone.remove(user));
    }

    /** Millisecond by millisecond would do; from one deadline to the next is quicker. */
    void pass(long millis) {
        long target = now + millis;
        while (true) {
            long next = calls.stream().mapToLong(this::deadline).min().orElse(NEVER);
            if (next > target) {
                break;
            }
            now = Math.max(now, next);
            for (int i = 0; i < calls.size(); i++) {
                if (deadline(calls.get(i)) <= now) {
                    lapse(i);
                }
            }
        }
        now = target;
    }

    private void lapse(int number) {
        Entry call = calls.get(number);
        needed(call).stream()
                .filter(user -> there.contains(user) && lostAt(call, user) + GRACE <= now)
                .forEach(user -> call.gone.put(user, now));
        if (deadline(call) > now) {
            return;
        }
        if (call.state == CallState.RINGING && call.startedAt + RING <= now) {
            call.state = CallState.MISSED;
            news.add("missed " + number);
        } else if (call.state == CallState.ACCEPTED && call.answeredAt + PROGRESS <= now) {
            call.state = CallState.IN_PROGRESS;
        } else {
            UserId first = needed(call).stream()
                    .min(Comparator.comparingLong((UserId user) -> lostAt(call, user))
                            .thenComparing(Comparator.naturalOrder()))
                    .orElseThrow();
            end(number, first, " disconnect");
        }
    }

    private long deadline(Entry call) {
        long absence = needed(call).stream()
                .mapToLong(user -> lostAt(call, user) + GRACE)
                .min()
                .orElse(NEVER);
        return switch (call.state) {
            case RINGING -> Math.min(call.startedAt + RING, absence);
            case ACCEPTED -> Math.min(call.answeredAt + PROGRESS, absence);
            case IN_PROGRESS -> absence;
            case REJECTED, MISSED, ENDED -> NEVER;
        };
    }

    private static long lostAt(Entry call, UserId user) {
        return call.gone.getOrDefault(user, NEVER);
    }

    private static List<UserId> needed(Entry call) {
        return call.state == CallState.RINGING ? List.of(call.caller) : List.of(call.caller, call.callee);
    }

    private void end(int number, UserId by, String reason) {
        Entry call = calls.get(number);
        long seconds = call.state == CallState.RINGING ? 0 : (now - call.answeredAt) / 1_000;
        call.state = CallState.ENDED;
        news.add("ended " + number + " by " + by + " after " + seconds + reason);
    }

    private String refusal(int number, boolean hasRight) {
        if (calls.get(number).state.isOver()) {
            return "CallNotFoundException";
        }
        return hasRight ? "ok" : "NotAPartyException";
    }

    private List<Entry> open(UserId user) {
        return calls.stream()
                .filter(call -> !call.state.isOver() && call.hasParty(user))
                .toList();
    }
}
