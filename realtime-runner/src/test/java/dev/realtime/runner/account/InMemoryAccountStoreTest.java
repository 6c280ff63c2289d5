package dev.realtime.runner.account;

class InMemoryAccountStoreTest extends AccountStoreContract {
    @Override
    AccountStore newStore() {
        return new InMemoryAccountStore();
    }
}
