package dev.realtime.messaging.memory;

import java.util.Arrays;

/** Numbers of messages in ascending order, each once; most come at the end and go at the front. For one thread. */
final class Numbers {
    private static final int FIRST_CAPACITY = 2;

    private long[] numbers = new long[FIRST_CAPACITY];
    private int from;
    private int to;

    boolean isEmpty() {
        return from == to;
    }

    void add(long number) {
        if (to == numbers.length) {
            makeRoom();
        }
        int place = placeAfter(number);
        System.arraycopy(numbers, place, numbers, place + 1, to - place);
        numbers[place] = number;
        to++;
    }

    /** Forgets the numbers up to this one. */
    void dropThrough(long number) {
        from = placeAfter(number);
    }

    int countAfter(long number) {
        return to - placeAfter(number);
    }

    private int placeAfter(long number) {
        if (from == to || numbers[to - 1] <= number) {
            return to;
        }
        int found = Arrays.binarySearch(numbers, from, to, number);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private void makeRoom() {
        int size = to - from;
        numbers = Arrays.copyOfRange(numbers, from, from + Math.max(FIRST_CAPACITY, size * 2));
        from = 0;
        to = size;
    }
}
