package dev.realtime.call;

import dev.realtime.address.CallId;
import dev.realtime.address.UserId;
import dev.realtime.json.Payload;
import java.util.Optional;

/**
 * Something the one party's media engine has to say to the other's.
 *
 * @param call in which call
 * @param sender who says it
 * @param recipient whom it is for, when the sender names somebody
 * @param type what it is
 * @param content any JSON; only looked at by the parties
 */
public record Signal(CallId call, UserId sender, Optional<UserId> recipient, SignalType type, Payload content) {}
