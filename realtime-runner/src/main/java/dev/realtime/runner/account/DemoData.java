package dev.realtime.runner.account;

import dev.realtime.address.UserId;
import dev.realtime.auth.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The users that a development server has from the start. All share one password that everybody knows. */
public final class DemoData {
    /** The patient of the demo visit. */
    public static final UserId PATIENT = new UserId("demo-patient-001");
    /** The provider of the demo visit. */
    public static final UserId PROVIDER = new UserId("demo-provider-001");
    /** Someone who may enter any room. */
    public static final UserId ADMIN = new UserId("demo-admin-001");
    /** The password of all of them. */
    public static final String PASSWORD = "password123";

    private record Person(UserId id, String email, String firstName, String role) {}

    private static final List<Person> PEOPLE = List.of(
            new Person(PATIENT, "patient@example.com", "Patient", Role.PATIENT),
            new Person(PROVIDER, "provider@example.com", "Provider", Role.PROVIDER),
            new Person(ADMIN, "admin@example.com", "Admin", Role.ADMIN));

    private DemoData() {}

    /** Enters those that are not there yet. Several nodes may do so at once. */
    public static void seed(AccountStore accounts, Passwords passwords, Instant now) {
        List<Person> missing = PEOPLE.stream()
                .filter(person -> accounts.find(person.id()).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            String hash = passwords.hash(PASSWORD);
            missing.forEach(person -> accounts.insert(account(person, hash, now)));
        }
    }

    private static Account account(Person person, String hash, Instant now) {
        return new Account(
                person.id(),
                person.email(),
                person.firstName(),
                "Demo",
                person.role(),
                Optional.empty(),
                Account.Status.ACTIVE,
                true,
                now,
                now,
                hash,
                true);
    }
}
