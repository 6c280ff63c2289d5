package dev.realtime.runner.account;

import dev.realtime.address.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Accounts that last as long as the process. Clients cannot add any, so there is no bound. Safe for many threads. */
public final class InMemoryAccountStore implements AccountStore {
    private final Map<UserId, Account> byId = new HashMap<>();
    private final Map<String, Account> byEmail = new HashMap<>();

    /** An empty store. */
    public InMemoryAccountStore() {}

    @Override
    public synchronized boolean insert(Account account) {
        String key = Account.emailKey(account.email());
        if (byId.containsKey(account.id()) || byEmail.containsKey(key)) {
            return false;
        }
        byId.put(account.id(), account);
        byEmail.put(key, account);
        return true;
    }

    @Override
    public synchronized Optional<Account> find(UserId id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Optional<Account> findByEmail(String email) {
        return Optional.ofNullable(byEmail.get(Account.emailKey(email)));
    }
}
