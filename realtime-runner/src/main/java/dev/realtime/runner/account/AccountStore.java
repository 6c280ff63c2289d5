package dev.realtime.runner.account;

import dev.realtime.address.UserId;
import java.util.Optional;

/**
 * Keeps accounts. Called on worker threads, where it may block; safe for many of them. Every method throws
 * {@link dev.realtime.error.StoreException} when the store cannot be reached.
 */
public interface AccountStore {

    /** Enters the account; false, and nothing is changed, when its id or its address is taken. */
    boolean insert(Account account);

    /** The account with this id. */
    Optional<Account> find(UserId id);

    /** The account with this address, in any spelling of upper and lower case. */
    Optional<Account> findByEmail(String email);
}
