package dev.realtime.runner.account;

import dev.realtime.address.UserId;
import dev.realtime.auth.AuthenticationException;
import dev.realtime.auth.AuthenticationException.Reason;
import java.util.Optional;

/**
 * Lets the runner's own users in and out. Called on worker threads; safe for many of them. Every method may throw
 * {@link dev.realtime.error.StoreException}.
 */
public final class Doorkeeper {
    private final AccountStore accounts;
    private final Passwords passwords;
    private final TokenIssuer issuer;
    private final RefreshTokens refreshTokens;
    private final boolean admitsDemoUsers;

    /** Admits demo users only when {@code admitsDemoUsers}, even where the table still has them. */
    public Doorkeeper(
            AccountStore accounts,
            Passwords passwords,
            TokenIssuer issuer,
            RefreshTokens refreshTokens,
            boolean admitsDemoUsers) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.issuer = issuer;
        this.refreshTokens = refreshTokens;
        this.admitsDemoUsers = admitsDemoUsers;
    }

    /** Tokens for the right password; empty otherwise, after the same time whatever was wrong. */
    public Optional<Grant> login(String email, String password) {
        Optional<Account> account = accounts.findByEmail(email).filter(this::isAdmitted);
        boolean isRight = account.isPresent()
                ? passwords.match(password, account.get().passwordHash())
                : passwords.matchNobody(password);
        return account.filter(known -> isRight).map(known -> grant(known, refreshTokens.begin(known.id())));
    }

    /**
     * New tokens for a refresh token, which is used up by it; {@link AuthenticationException} when it is expired or
     * invalid. An answer that gets lost on its way costs the user a login.
     */
    public Grant refresh(String refreshToken) {
        RefreshTokens.Renewed renewed = refreshTokens.exchange(refreshToken);
        Optional<Account> account = find(renewed.user());
        if (account.isEmpty()) {
            refreshTokens.revokeAll(renewed.user());
            throw new AuthenticationException(Reason.INVALID_TOKEN, renewed.user() + " may not log in any more");
        }
        return grant(account.get(), renewed.token());
    }

    /** Makes all refresh tokens of the user good for nothing; access tokens live on until they expire. */
    public void logout(UserId user) {
        refreshTokens.revokeAll(user);
    }

    /** The user's account, while he may use it. */
    public Optional<Account> find(UserId user) {
        return accounts.find(user).filter(this::isAdmitted);
    }

    private boolean isAdmitted(Account account) {
        return account.status() == Account.Status.ACTIVE && (admitsDemoUsers || !account.isDemo());
    }

    private Grant grant(Account account, String refreshToken) {
        return new Grant(account, issuer.issue(account), issuer.expiry(), refreshToken, refreshTokens.expiry());
    }
}
