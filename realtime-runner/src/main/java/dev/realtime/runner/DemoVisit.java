package dev.realtime.runner;

import dev.realtime.address.VisitId;

/** The visit that a development server has from the start. */
final class DemoVisit {
    static final VisitId ID = new VisitId("test-visit-123");

    private DemoVisit() {}
}
