package dev.realtime.runner;

import dev.realtime.runner.account.AccountStore;
import dev.realtime.runner.account.Passwords;
import dev.realtime.runner.command.PasswordPrompt;
import dev.realtime.runner.command.UserCommand;
import dev.realtime.runner.server.ContainerLog;
import dev.realtime.runner.settings.RunnerSettings;
import dev.realtime.runner.settings.SettingsException;
import dev.realtime.runner.storage.Storage;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: serves until it is told to stop, or manages users. */
@Command(
        name = "realtime-runner",
        description = "Serves until it is stopped. Everything is set in the environment.",
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    private static final int START_ERROR = 1;
    private static final int CONFIGURATION_ERROR = 2;

    private Main() {}

    /** Runs the command that the arguments name; without any, the server. */
    public static void main(String[] arguments) {
        ContainerLog.install();
        UserCommand users = new UserCommand(
                Main::accounts, new Passwords(Passwords.COST), InstantSource.system(), PasswordPrompt.ofProcess());
        int code = new CommandLine(new Main())
                .addSubcommand(users)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure))
                .execute(arguments);
        System.exit(code);
    }

    @Override
    public Integer call() throws InterruptedException {
        RunnerSettings settings = RunnerSettings.read(System.getenv());
        Server server = Server.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "realtime-stop"));
        List<String> report = new StartReport(settings, server.addresses(), server.storage()).lines();
        System.out.println(String.join(System.lineSeparator(), report));
        new CountDownLatch(1).await();
        return 0;
    }

    private static AccountStore accounts() {
        return Storage.open(RunnerSettings.read(System.getenv()).database()).accounts();
    }

    private static int explain(Exception failure) {
        if (failure instanceof SettingsException unreadable) {
            System.err.println(unreadable.getMessage());
            return CONFIGURATION_ERROR;
        }
        LoggerFactory.getLogger(Main.class).error("This cannot be done", failure);
        return START_ERROR;
    }

    /** A stop that was asked for and went well is a success, whatever signal asked for it. */
    private static void stop(Server server) {
        int code = START_ERROR;
        try {
            server.close();
            code = 0;
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }
}
