package dev.realtime.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that start together, and random numbers that can be repeated. */
public final class Races {
    private static final long PATIENCE_SECONDS = 120;

    private Races() {}

    /** What one of the racing threads does; {@code racer} is its number from 0. */
    @FunctionalInterface
    public interface Racer<T> {
        T run(int racer) throws Exception;
    }

    /**
     * Runs all racers at once, each on a thread of its own, and gives their results by number. Fails when one fails
     * or is not done in two minutes: then some wait for each other.
     */
    public static <T> List<T> together(int racers, Racer<T> racer) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(racers);
        try {
            CyclicBarrier start = new CyclicBarrier(racers);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < racers; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await();
                    return racer.run(number);
                }));
            }
            return results(running);
        } finally {
            threads.shutdownNow();
        }
    }

    /** One of many rounds; what it does at once it does on {@code threads}, by what {@code random} decides. */
    @FunctionalInterface
    public interface Round {
        void run(ExecutorService threads, Random random) throws Exception;
    }

    /**
     * Runs so many rounds, one after the other, on the same threads, each with random numbers of its own from a seed
     * that is printed. Fails when one fails, or when threads are still busy ten seconds after the last.
     */
    public static void rounds(int rounds, int threads, Round round) throws Exception {
        ExecutorService shared = Executors.newFixedThreadPool(threads);
        try {
            Random random = random();
            for (int i = 0; i < rounds; i++) {
                round.run(shared, new Random(random.nextLong()));
            }
        } finally {
            shared.shutdownNow();
        }
        if (!shared.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new AssertionError("threads are still busy");
        }
    }

    /** Random numbers from a seed that is printed; the system property {@code realtime.seed} repeats a run. */
    public static Random random() {
        long seed = Long.getLong("realtime.seed", System.nanoTime());
        System.out.println("-Drealtime.seed=" + seed);
        return new Random(seed);
    }

    private static <T> List<T> results(List<Future<T>> running)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<T> results = new ArrayList<>();
        for (Future<T> each : running) {
            results.add(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return results;
    }
}
