package dev.realtime;

import dev.realtime.engine.Admission;
import dev.realtime.engine.Hub;
import dev.realtime.engine.Router;
import dev.realtime.engine.work.SystemTimers;
import dev.realtime.engine.work.Workers;
import dev.realtime.fanout.Fanout;
import dev.realtime.recovery.EventLog;
import dev.realtime.recovery.InMemoryEventLog;
import dev.realtime.recovery.NumberingFanout;
import dev.realtime.time.Timers;
import dev.realtime.wire.Words;
import java.time.InstantSource;

/**
 * What all domains of one node stand on: its clocks and threads, the sessions it has, the way of events in and out.
 * Any thread may use it.
 */
final class Ground {
    final RealtimeSettings settings;
    final Workers workers = Workers.start();
    final Timers timers;
    final InstantSource time;
    final Hub hub = new Hub();
    final EventLog log;
    final Fanout fanout;
    final Words words = new Words();
    final Admission admission;
    final Router router;

    private final SystemTimers ownTimers = new SystemTimers();

    Ground(RealtimeBuilder choices) {
        settings = choices.settings;
        timers = choices.timers.orElse(ownTimers);
        time = choices.time;
        log = choices.eventLog.orElseGet(() -> new InMemoryEventLog(InMemoryEventLog.Bounds.DEFAULTS, choices.time));
        fanout = settings.recovery().isOn() ? new NumberingFanout(choices.fanout, log) : choices.fanout;
        admission = new Admission(settings.sessions(), timers, words);
        router = new Router(words, admission);
    }

    /** Ends the work that is under way, then the threads. */
    void close() {
        workers.close();
        fanout.close();
        ownTimers.close();
    }
}
