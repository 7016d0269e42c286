package io.eddy.cli;

import io.eddy.cli.page.Page;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.NetworkInputs;
import io.eddy.connectors.Options;
import io.eddy.connectors.PostgresOptions;
import io.eddy.connectors.ReadingTopics;
import io.eddy.connectors.RuleFile;
import io.eddy.forecast.ForecastJob;
import io.eddy.store.StoreJob;
import io.eddy.train.TrainJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The jobs against a Kafka that is there already. */
@Command(
        name = "run",
        description =
                "Runs the jobs against the configured Kafka, in a Flink in this process, until Ctrl-C; the store job if store.url is set.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Options; see configs/reference.md.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path config;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Subtasks of each operator; default ${DEFAULT-VALUE}.")
    private int parallelism = 2;

    @Mixin
    private final PageOptions pageOptions = new PageOptions();

    private boolean toldOfTransactions;

    @Override
    public Integer call() throws Exception {
        if (parallelism < 1 || parallelism > 128) {
            throw new IllegalArgumentException("--parallelism: expected 1 to 128, found " + parallelism);
        }
        Options options = Options.ofFile(config);
        RuleFile.of(options); // a mistake in it is told before anything starts, and so below
        options.models().forEach(NetworkInputs::of);
        PageAddress address = pageOptions.address();
        List<String> created = Topics.createMissing(options);
        if (!created.isEmpty()) {
            System.out.println("eddy run: created the topics " + String.join(", ", created) + empty(options, created));
        }
        tell(Topics.unmatched(options));
        List<String> based = BasePublisher.publish(options);
        if (!based.isEmpty()) {
            System.out.println("eddy run: starts from the weights that ship: " + String.join(", ", based));
        }
        tell(BasePublisher.without(options));
        boolean stores = !options.get(PostgresOptions.STORE_URL).isEmpty();
        String trouble = stores ? StoreJob.trouble(options) : null;
        if (trouble != null) {
            System.out.println("eddy run: the store waits for its database: " + trouble);
        }
        Shutdown shutdown = Shutdown.install();
        try (TemporaryFolder folder = TemporaryFolder.create("eddy-run");
                LocalFlink flink = LocalFlink.start(
                        options,
                        folder.path(),
                        address == null ? null : address.flinkPort(),
                        2 * parallelism + TrainJob.slots(options, parallelism));
                Page page = address == null ? null : address.start(options, List::of);
                RejectWatch rejects = new RejectWatch(options)) {
            List<JobWatch> jobs = new ArrayList<>();
            jobs.add(submit(flink, "forecast", ForecastJob::define, options));
            jobs.add(submit(flink, "train", TrainJob::define, options));
            if (stores) {
                jobs.add(submit(flink, "store", StoreJob::define, options));
            }
            for (JobWatch job : jobs) {
                job.awaitRunning(Duration.ofSeconds(60), shutdown::isAsked);
            }
            if (shutdown.isAsked()) {
                return 0;
            }
            System.out.println("eddy run: " + (stores ? "all three" : "both") + " jobs run; Ctrl-C ends them; "
                    + (page == null ? "" : "the live page is at " + page.address() + ", ")
                    + "Flink's own page at " + flink.webAddress());
            while (!shutdown.isAsked()) {
                for (JobWatch job : jobs) {
                    tell(job.look());
                }
                tell(rejects.look());
                Thread.sleep(500);
            }
        } finally {
            shutdown.done();
        }
        return 0;
    }

    private static void tell(@Nullable String news) {
        if (news != null) {
            System.out.println("eddy run: " + news);
        }
    }

    /** Goes on from the job's newest checkpoint, if they have a folder of their own. */
    private JobWatch submit(
            LocalFlink flink, String job, BiConsumer<StreamExecutionEnvironment, Options> define, Options options)
            throws Exception {
        KeptCheckpoints kept = KeptCheckpoints.find(JobArguments.flinkConfiguration(options), job);
        if (kept == null) {
            return new JobWatch(flink, job, flink.submit("eddy " + job, parallelism, define, options), null);
        }
        FileStatus newest = kept.newest();
        if (newest != null) {
            System.out.println("eddy run: the " + job + " job goes on from its checkpoint of "
                    + Instant.ofEpochMilli(newest.getModificationTime()) + "; without the folder " + kept.folder()
                    + " it would begin anew");
            if (!toldOfTransactions) {
                toldOfTransactions = true;
                System.out.println(
                        "eddy run: Flink commits the transactions of that checkpoint once more and logs an error where the"
                                + " last run has done so itself; no output is lost unless that was killed longer ago than"
                                + " kafka.properties.transaction.timeout.ms, ten minutes unless set");
            }
        }
        return new JobWatch(flink, job, flink.resume("eddy " + job, parallelism, define, options, kept), kept);
    }

    /** A name that is not quite that of the producers' topic makes a new one, on which nothing ever comes. */
    static String empty(Options options, List<String> created) {
        List<String> inputs = ReadingTopics.of(options).names().stream()
                .filter(created::contains)
                .toList();
        return inputs.isEmpty()
                ? ""
                : "; readings are expected on " + String.join(", ", inputs) + ", where there are none yet";
    }
}
