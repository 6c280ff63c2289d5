package dev.realtime.visit;

import dev.realtime.testkit.VisitDirectoryContract;

class InMemoryVisitDirectoryTest extends VisitDirectoryContract {
    private final InMemoryVisitDirectory directory = new InMemoryVisitDirectory();

    @Override
    protected VisitDirectory directory() {
        return directory;
    }

    @Override
    protected void enter(Visit visit) {
        directory.put(visit);
    }
}
