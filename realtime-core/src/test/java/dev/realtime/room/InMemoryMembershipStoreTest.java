package dev.realtime.room;

import dev.realtime.testkit.MembershipStoreContract;

class InMemoryMembershipStoreTest extends MembershipStoreContract {
    private final MembershipStore store = new InMemoryMembershipStore();

    @Override
    protected MembershipStore store() {
        return store;
    }
}
