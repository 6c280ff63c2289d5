package dev.realtime.runner.blackbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Members of a room in a process of their own, which can be stopped as an operating system stops one. */
final class CrowdProcess implements AutoCloseable {
    private static final String READY = "all have joined";

    private final Process process;

    private CrowdProcess(Process process) {
        this.process = process;
    }

    /** Arguments: the port, the room and how many. Runs until it is killed, or not all can join. */
    public static void main(String[] arguments) throws InterruptedException {
        int count = Integer.parseInt(arguments[2]);
        CountDownLatch joined = new CountDownLatch(count);
        try (Crowd crowd = new Crowd(Integer.parseInt(arguments[0]))) {
            for (int i = 0; i < count; i++) {
                crowd.run(() -> crowd.connect(new RoomMember(arguments[1], true, joined::countDown), 0));
            }
            if (joined.await(1, TimeUnit.MINUTES)) {
                System.out.println(READY);
                new CountDownLatch(1).await();
            }
        }
    }

    /** Starts it and waits until all have joined. */
    static CrowdProcess start(int port, String room, int count) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrowdProcess.class.getName(),
                        Integer.toString(port),
                        room,
                        Integer.toString(count))
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); !READY.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new IOException("the crowd has ended");
            }
        }
        return new CrowdProcess(process);
    }

    /** SIGSTOP: it stays as it is and does nothing. */
    void stop() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(List.of("kill", "-STOP", Long.toString(process.pid()))).start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("the crowd cannot be stopped");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
