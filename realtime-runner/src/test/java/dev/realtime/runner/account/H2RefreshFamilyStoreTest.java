package dev.realtime.runner.account;

import java.util.List;
import javax.sql.DataSource;

class H2RefreshFamilyStoreTest extends RefreshFamilyStoreContract {
    @Override
    RefreshFamilyStore newStore(List<Account> owners) {
        DataSource database = TestDatabase.h2();
        owners.forEach(new JdbcAccountStore(database)::insert);
        return new JdbcRefreshFamilyStore(database);
    }
}
