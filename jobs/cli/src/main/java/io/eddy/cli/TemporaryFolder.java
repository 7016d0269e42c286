package io.eddy.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Utils;

/**
 * A folder that is gone when it is closed. What a process that was killed has left is removed by the next one that makes a folder of the same
 * prefix: each folder holds a file that its process keeps locked, and the system takes the lock away with the process.
 */
public final class TemporaryFolder implements AutoCloseable {
    private static final String ALIVE = "eddy.alive";
    /** Those of this process: to open their files and to close them again would give up their locks. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel alive;

    private TemporaryFolder(Path path) throws IOException {
        this.path = path;
        OWN.add(path);
        // Locked before it has its name, so that nobody finds it without the lock.
        Path starting = path.resolve(ALIVE + ".starting");
        alive = FileChannel.open(starting, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        alive.lock();
        Files.move(starting, path.resolve(ALIVE), StandardCopyOption.ATOMIC_MOVE);
    }

    public static TemporaryFolder create(String prefix) throws IOException {
        Path path = Files.createTempDirectory(prefix).toAbsolutePath();
        TemporaryFolder folder = new TemporaryFolder(path);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path.resolveSibling(""), prefix + "*")) {
            all.forEach(TemporaryFolder::removeIfLeft);
        }
        return folder;
    }

    /**
     * The same, for what needs room from the start.
     *
     * @throws IOException if there are fewer bytes than that
     */
    static TemporaryFolder create(String prefix, long bytes) throws IOException {
        TemporaryFolder folder = create(prefix);
        long room = Files.getFileStore(folder.path).getUsableSpace();
        if (room < bytes) {
            folder.close();
            throw new IOException(
                    "java.io.tmpdir: expected " + (bytes >> 20) + " MB that are free, found " + (room >> 20)
                            + " MB at " + folder.path.getParent()
                            + "; EDDY_JAVA_OPTS=\"-Xmx3g -Djava.io.tmpdir=FOLDER\" names another");
        }
        return folder;
    }

    public Path path() {
        return path;
    }

    private static void removeIfLeft(Path folder) {
        boolean isFolder = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        if (OWN.contains(folder) || !isFolder || !Files.exists(folder.resolve(ALIVE))) {
            return;
        }
        try (FileChannel left = FileChannel.open(folder.resolve(ALIVE), StandardOpenOption.WRITE)) {
            if (left.tryLock() != null) {
                Utils.delete(folder.toFile());
            }
        } catch (IOException e) {
            // Somebody else's, or gone by now: it is not needed here.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Utils.delete(path.toFile()); // while it is locked, or another process would help
        } finally {
            alive.close();
            OWN.remove(path);
        }
    }
}
