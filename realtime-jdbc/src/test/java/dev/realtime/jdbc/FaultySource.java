package dev.realtime.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import javax.sql.DataSource;

/**
 * A data source whose connections fail on command, as seen by the caller: before a statement reaches the database,
 * after it has done its work, after a commit, or when a connection is asked for. Faults are used up in order, one per append,
 * mark or save. For one thread.
 */
final class FaultySource {
    /** What goes wrong. */
    enum Fault {
        BREAKS_BEFORE,
        BREAKS_AFTER,
        DEADLOCK,
        BREAKS_AFTER_COMMIT,
        NO_CONNECTION
    }

    private final DataSource source;
    private final Queue<Fault> faults = new ArrayDeque<>();

    FaultySource(DataSource source) {
        this.source = source;
    }

    /** The next calls fail like this. */
    void next(Fault... next) {
        faults.addAll(List.of(next));
    }

    boolean isUsedUp() {
        return faults.isEmpty();
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                if (faults.peek() == Fault.NO_CONNECTION) {
                    faults.remove();
                    throw new SQLException("no connection to be had", "08001");
                }
                return connection((Connection) invoke(source, method, arguments));
            }
            return invoke(source, method, arguments);
        });
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = invoke(connection, method, arguments);
            if (method.getName().equals("commit") && faults.peek() == Fault.BREAKS_AFTER_COMMIT) {
                faults.remove();
                throw new SQLException("broken after the commit", "08006");
            }
            boolean appends = method.getName().equals("prepareStatement")
                    && ((String) arguments[0])
                            .matches("(?s).*(realtime_append|INSERT INTO realtime_me|INTO realtime_notification).*");
            return appends ? statement((PreparedStatement) result) : result;
        });
    }

    private PreparedStatement statement(PreparedStatement statement) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            boolean isHit = method.getName().startsWith("execute") && faults.peek() != Fault.BREAKS_AFTER_COMMIT;
            Fault fault = isHit ? faults.poll() : null;
            if (fault == Fault.BREAKS_BEFORE) {
                throw new SQLException("broken before", "08006");
            }
            if (fault == Fault.DEADLOCK) {
                throw new SQLException("deadlock detected", "40P01");
            }
            Object result = invoke(statement, method, arguments);
            if (fault == Fault.BREAKS_AFTER) {
                throw new SQLException("broken after", "08006");
            }
            return result;
        });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> behaviour.of(method, arguments)));
    }

    private interface Behaviour {
        Object of(Method method, Object[] arguments) throws Throwable;
    }
}
