package dev.realtime.runner.account;

import java.util.List;
import javax.sql.DataSource;

class PostgresqlRefreshFamilyStoreTest extends RefreshFamilyStoreContract {
    @Override
    RefreshFamilyStore newStore(List<Account> owners) {
        DataSource database = TestDatabase.postgresql();
        owners.forEach(new JdbcAccountStore(database)::insert);
        return new JdbcRefreshFamilyStore(database);
    }
}
