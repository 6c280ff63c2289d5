package dev.realtime.jdbc;

import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** Arrays as values of a statement, in the words both databases understand. */
final class ArrayArguments {
    private ArrayArguments() {}

    static Argument texts(@Nullable Object[] values) {
        return of("varchar", values);
    }

    static Argument numbers(Object[] values) {
        return of("bigint", values);
    }

    static Argument ids(Object[] values) {
        return of("uuid", values);
    }

    private static Argument of(String type, @Nullable Object[] values) {
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }
}
