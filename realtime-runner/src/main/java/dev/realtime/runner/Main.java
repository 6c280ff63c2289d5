package dev.realtime.runner;

import dev.realtime.runner.server.ContainerLog;
import dev.realtime.runner.settings.RunnerSettings;
import dev.realtime.runner.settings.SettingsException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: serves until it is told to stop, or manages users. */
@Command(
        name = "realtime-runner",
        description = "Serves until it is stopped. Everything is set in the environment.",
        subcommands = {UserCommands.class},
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    /** What a stop may take beyond the drain before the process ends anyway. */
    private static final int CONFIGURATION_ERROR = 2;

    private static final int START_ERROR = 1;

    /** Called by picocli. */
    public Main() {}

    /** Runs the command that the arguments name; without any, the server. */
    public static void main(String[] arguments) {
        ContainerLog.install();
        int code = new CommandLine(new Main()).execute(arguments);
        System.exit(code);
    }

    @Override
    public Integer call() throws InterruptedException {
        RunnerSettings settings;
        try {
            settings = RunnerSettings.read(System.getenv());
        } catch (SettingsException unreadable) {
            System.err.println(unreadable.getMessage());
            return CONFIGURATION_ERROR;
        }
        Server server;
        try {
            server = Server.start(settings);
        } catch (RuntimeException refused) {
            LoggerFactory.getLogger(Main.class).error("The server cannot start", refused);
            return START_ERROR;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "realtime-stop"));
        new StartReport(settings, server.addresses(), server.storage()).lines().forEach(System.out::println);
        new CountDownLatch(1).await();
        return 0;
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
