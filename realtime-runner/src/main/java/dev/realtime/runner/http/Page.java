package dev.realtime.runner.http;

/** Answers the requests below one path. Called on worker threads, where it may block; safe for many of them. */
@FunctionalInterface
public interface Page {

    /** The answer; an exception becomes a 500 without detail. */
    Response answer(Request request);
}
