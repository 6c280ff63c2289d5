package dev.realtime.call;

/**
 * Where calls are.
 *
 * @param live while they live
 * @param records when they are over
 */
public record CallStores(CallStore live, CallRecords records) {}
