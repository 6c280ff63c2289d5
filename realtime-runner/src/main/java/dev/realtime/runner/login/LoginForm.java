package dev.realtime.runner.login;

import dev.realtime.json.InvalidJsonException;
import dev.realtime.json.Payload;
import dev.realtime.runner.account.Account;
import dev.realtime.runner.account.Passwords;
import dev.realtime.runner.http.ErrorBody;
import dev.realtime.runner.http.ErrorBody.Detail;
import dev.realtime.runner.http.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What somebody types in to log in. It never shows the password in logs. */
record LoginForm(String email, String password) {
    private static final Set<String> FIELDS = Set.of("email", "password");
    private static final int MAX_UNKNOWN = 10;

    /** Reads a body; {@link RefusedException} as 400 when it is no JSON, as 422 with every field that is wrong. */
    static LoginForm read(String body) {
        Payload form = json(body);
        List<Detail> wrong = new ArrayList<>();
        if (!form.is(Payload.Kind.OBJECT)) {
            wrong.add(new Detail("body", "body must be an object", "invalid_type"));
        } else {
            emailFault(form).ifPresent(wrong::add);
            passwordFault(form).ifPresent(wrong::add);
            form.names().stream()
                    .filter(name -> !FIELDS.contains(name))
                    .limit(MAX_UNKNOWN)
                    .map(name -> name.substring(0, Math.min(name.length(), 100)))
                    .forEach(name -> wrong.add(new Detail(name, "unknown field", "unknown_field")));
        }
        if (!wrong.isEmpty()) {
            throw new RefusedException(ErrorBody.Kind.INVALID, "Request validation failed", wrong);
        }
        return new LoginForm(text(form, "email").strip(), text(form, "password"));
    }

    private static Payload json(String body) {
        try {
            return body.isBlank() ? Payload.emptyObject() : Payload.parse(body);
        } catch (InvalidJsonException unreadable) {
            throw new RefusedException(ErrorBody.Kind.BAD_REQUEST, "Invalid JSON");
        }
    }

    private static Optional<Detail> emailFault(Payload form) {
        return fault(form, "email")
                .or(() -> Account.isEmail(text(form, "email").strip())
                        ? Optional.empty()
                        : Optional.of(new Detail("email", "email must be a valid email address", "invalid_email")));
    }

    private static Optional<Detail> passwordFault(Payload form) {
        String tooLong = "password must have at most " + Passwords.MAX_LENGTH + " characters";
        return fault(form, "password")
                .or(() -> text(form, "password").length() <= Passwords.MAX_LENGTH
                        ? Optional.empty()
                        : Optional.of(new Detail("password", tooLong, "too_long")));
    }

    private static Optional<Detail> fault(Payload form, String name) {
        Optional<Payload> value = form.get(name);
        if (value.isPresent() && !value.get().is(Payload.Kind.TEXT)) {
            return Optional.of(new Detail(name, name + " must be a string", "invalid_type"));
        }
        return text(form, name).isEmpty()
                ? Optional.of(new Detail(name, name + " is required", "required"))
                : Optional.empty();
    }

    private static String text(Payload form, String name) {
        return form.get(name).map(Payload::asText).orElse("");
    }

    @Override
    public String toString() {
        return "LoginForm[]";
    }
}
