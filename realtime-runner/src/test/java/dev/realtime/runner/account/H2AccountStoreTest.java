package dev.realtime.runner.account;

class H2AccountStoreTest extends AccountStoreContract {
    @Override
    AccountStore newStore() {
        return new JdbcAccountStore(TestDatabase.h2());
    }
}
