package io.eddy.cli;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JobManager and a TaskManager on loopback, each a process of its own, from the jars on this class path: those of a Flink
 * distribution and of its {@code lib/}, and nothing of Eddy. Jobs are submitted with Flink's own client, a process too.
 */
final class TestingFlinkCluster implements AutoCloseable {
    /** What a distribution holds. What else is on the test's class path, a job must bring. */
    private static final Pattern DISTRIBUTION = Pattern.compile("(flink-(?!avro|connector-(base|kafka))"
            + "|kryo-|reflectasm|objenesis|minlog|javassist|async-profiler|jsr305|slf4j-api|log4j-"
            + "|commons-(cli|collections-3|compress|io|lang3|math3|text)|snakeyaml-engine|lz4-java|snappy-java).*");

    private static final List<String> OPENED =
            List.of("lang", "net", "io", "nio", "time", "util", "util.concurrent", "util.concurrent.locks");
    private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern JOB_CLASS_LOADERS =
            Pattern.compile("\\s(\\d+)\\s+\\d+\\s+org\\.apache\\.flink\\.util\\.ChildFirstClassLoader\\s");
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Path folder;
    private final String classPath;
    private final List<Process> processes = new ArrayList<>();
    private final int restPort;
    private final FlinkRest rest;

    private TestingFlinkCluster(Path folder, String classPath, int restPort) {
        this.folder = folder;
        this.classPath = classPath;
        this.restPort = restPort;
        rest = new FlinkRest(restPort);
    }

    /**
     * Starts it; returns when the TaskManager has reported.
     *
     * @param folder for the configuration, logs and checkpoints
     * @param lib jars that the administrator of a cluster would put into Flink's {@code lib/}
     */
    static TestingFlinkCluster start(Path folder, List<Path> lib) throws Exception {
        return start(folder, lib, 1, "");
    }

    /** The same with more slots and more of a configuration. */
    static TestingFlinkCluster start(Path folder, List<Path> lib, int slots, String more) throws Exception {
        int rpcPort = freePort();
        int restPort = freePort();
        Files.writeString(folder.resolve("config.yaml"), config(folder, rpcPort, restPort, slots) + more);
        TestingFlinkCluster cluster = new TestingFlinkCluster(folder, classPath(lib), restPort);
        try {
            cluster.launchServer(
                    "jobmanager",
                    "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                    "-Xmx384m",
                    "-XX:MaxMetaspaceSize=256m");
            // The limits that Flink's scripts would derive from the configuration; the metaspace is small, so that
            // a class loader that is kept for each submission shows. Postgres' driver keeps its own for 30 s by
            // itself.
            cluster.launchServer(
                    "taskmanager",
                    "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                    "-Xmx512m",
                    "-XX:MaxMetaspaceSize=192m",
                    "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                    "-Dpgjdbc.config.cleanup.thread.ttl=500");
            cluster.await("a TaskManager that has reported", cluster.rest::isUp);
            return cluster;
        } catch (Throwable e) {
            cluster.close();
            throw e;
        }
    }

    private static String classPath(List<Path> lib) {
        Stream<String> distribution = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> DISTRIBUTION
                        .matcher(Path.of(jar).getFileName().toString())
                        .matches());
        // Flink's scripts put lib/ first, too.
        return Stream.concat(lib.stream().map(Path::toString), distribution)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String config(Path folder, int rpcPort, int restPort, int slots) {
        return """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %d
                jobmanager.bind-host: 127.0.0.1
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %d
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.numberOfTaskSlots: %d
                taskmanager.cpu.cores: 1
                taskmanager.memory.task.heap.size: 384m
                taskmanager.memory.task.off-heap.size: 256m
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 128m
                taskmanager.memory.managed.size: 16m
                taskmanager.memory.network.min: 64m
                taskmanager.memory.network.max: 64m
                taskmanager.memory.jvm-metaspace.size: 192m
                taskmanager.memory.jvm-overhead.min: 128m
                taskmanager.memory.jvm-overhead.max: 128m
                parallelism.default: 1
                restart-strategy.type: none
                execution.checkpointing.dir: %s
                io.tmp.dirs: %s
                """.formatted(
                        rpcPort, restPort, slots, folder.resolve("checkpoints").toUri(), folder.resolve("tmp"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void launchServer(String name, String main, String... flags) throws IOException {
        launch(name, List.of(flags), List.of(main, "--configDir", folder.toString()));
    }

    private Process launch(String name, List<String> flags, List<String> mainAndArguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java("java"));
        command.addAll(flags);
        command.add("-XX:TieredStopAtLevel=1"); // all of them are short-lived: the test ends sooner
        command.add("-XX:+UseSerialGC");
        OPENED.forEach(opened -> command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED"));
        command.add("-Dlog4j2.configurationFile=log4j2-cluster.properties");
        command.add("-cp");
        command.add(classPath + File.pathSeparator + loggingFolder());
        command.addAll(mainAndArguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("FLINK_CONF_DIR", folder.toString());
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** A folder with the logging configuration alone: the test's own classes must not reach the cluster. */
    private String loggingFolder() throws IOException {
        Path logging = Files.createDirectories(folder.resolve("logging"));
        Path file = logging.resolve("log4j2-cluster.properties");
        if (!Files.exists(file)) {
            try (var resource = TestingFlinkCluster.class.getResourceAsStream("/log4j2-cluster.properties")) {
                Files.write(file, resource == null ? new byte[0] : resource.readAllBytes());
            }
        }
        return logging.toString();
    }

    /** A script that does what {@code bin/flink} of a distribution does. */
    Path script() throws IOException {
        Path script = folder.resolve("flink");
        String opened = OPENED.stream()
                .map(name -> " --add-opens=java.base/java." + name + "=ALL-UNNAMED")
                .collect(Collectors.joining());
        Files.writeString(
                script,
                "#!/bin/bash\nexport FLINK_CONF_DIR=" + folder + "\nexec " + java("java")
                        + " -Xmx256m -Dlog4j2.configurationFile=log4j2-cluster.properties" + opened + " -cp "
                        + classPath
                        + File.pathSeparator + loggingFolder()
                        + " org.apache.flink.client.cli.CliFrontend \"$@\"\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + ": expected to become executable");
        }
        return script;
    }

    /** Of the JobManager, as {@code flink run -m} takes it. */
    String address() {
        return "127.0.0.1:" + restPort;
    }

    /** {@code flink run -d JAR --config FILE}; returns the job's id once all its tasks run. */
    String submit(Path jar, Path config) throws Exception {
        Process client = launch(
                "client",
                List.of("-Xmx256m"),
                List.of(
                        "org.apache.flink.client.cli.CliFrontend",
                        "run",
                        "-d",
                        jar.toString(),
                        "--config",
                        config.toString()));
        boolean ended = client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        String output = log("client");
        Matcher submitted = SUBMITTED.matcher(output);
        if (!ended || client.exitValue() != 0 || !submitted.find()) {
            throw new IllegalStateException("flink run: expected a JobID, found " + output);
        }
        String job = submitted.group(1);
        await("job " + job + " running", () -> {
            requireNoFailure(job);
            return rest.isRunning(job);
        });
        return job;
    }

    /** Cancels the job; returns when it has ended. */
    void cancel(String job) throws Exception {
        requireNoFailure(job);
        rest.cancel(job);
        await("job " + job + " cancelled", () -> rest.state(job).equals("CANCELED"));
        requireNoFailure(job);
    }

    /**
     * Waits until the condition holds.
     *
     * @throws IllegalStateException with the end of the TaskManager's log, if it does not in time
     */
    void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("cluster: expected " + what + " within " + PATIENCE.toSeconds()
                        + " s, found\n" + tail(log("jobmanager")) + "\n" + tail(log("taskmanager")));
            }
            Thread.sleep(100);
        }
    }

    /** How many class loaders of jobs the TaskManager still holds after a full garbage collection. */
    long jobClassLoaders() throws Exception {
        Process taskManager = processes.get(1);
        Process histogram = new ProcessBuilder(java("jcmd"), String.valueOf(taskManager.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String found = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (histogram.waitFor() != 0) {
            throw new IllegalStateException("jcmd: expected a histogram, found " + found);
        }
        Matcher count = JOB_CLASS_LOADERS.matcher(found);
        return count.find() ? Long.parseLong(count.group(1)) : 0;
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    void requireNoFailure(String job) throws Exception {
        List<String> failures = rest.failures(job);
        if (!failures.isEmpty()) {
            throw new IllegalStateException("job " + job + ": expected no failure, found " + failures);
        }
    }

    /** All that the process has written: jobmanager, taskmanager or client (the newest one). */
    String log(String process) throws IOException {
        Path file = folder.resolve(process + ".log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String tail(String log) {
        return log.substring(Math.max(0, log.length() - 4000));
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
