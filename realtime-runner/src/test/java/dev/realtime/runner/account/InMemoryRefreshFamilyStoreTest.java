package dev.realtime.runner.account;

import java.util.List;

class InMemoryRefreshFamilyStoreTest extends RefreshFamilyStoreContract {
    @Override
    RefreshFamilyStore newStore(List<Account> owners) {
        return new InMemoryRefreshFamilyStore();
    }
}
