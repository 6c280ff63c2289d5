package dev.realtime.runner.account;

class PostgresqlAccountStoreTest extends AccountStoreContract {
    @Override
    AccountStore newStore() {
        return new JdbcAccountStore(TestDatabase.postgresql());
    }
}
