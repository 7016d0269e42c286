package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No loop is forgotten, of the model or of its networks: what happens then shows in a few JVMs only, as time. The compiled classes are read. */
class VectorLoopsTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Pattern CLASS = Pattern.compile("^(?:\\w+ )*(?:class|interface) ([\\w.$]+)");
    private static final Pattern MEMBER = Pattern.compile("^  (\\S.*);$");
    private static final Pattern CALL =
            Pattern.compile("// (?:Interface)?Method (?:([\\w/$]+)\\.)?\"?([\\w<>$]+)\"?:(\\S+)");
    private static final String VECTOR = " jdk/incubator/vector/";

    /** What each method calls, by class, name and descriptor. */
    private static final Map<String, Set<String>> CALLS = new HashMap<>();
    /** Those with an operation on vectors. */
    private static final Set<String> LOOPS = new TreeSet<>();

    @BeforeAll
    static void readsClasses() throws IOException {
        List<String> command = new ArrayList<>(List.of("-p", "-c", "-s"));
        try (Stream<Path> files = Files.walk(CLASSES)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .map(Path::toString)
                    .forEach(command::add);
        }
        StringWriter code = new StringWriter();
        PrintWriter to = new PrintWriter(code);
        int exit = ToolProvider.findFirst("javap").orElseThrow().run(to, to, command.toArray(String[]::new));
        assertThat(exit).isZero();
        read(code.toString());
    }

    private static void read(String code) {
        String owner = "";
        String name = "";
        String method = "";
        Set<String> calls = Set.of();
        for (String line : code.split("\n")) {
            Matcher type = CLASS.matcher(line);
            Matcher member = MEMBER.matcher(line);
            Matcher call = CALL.matcher(line);
            if (type.find()) {
                owner = type.group(1).replace('.', '/');
            } else if (member.find()) {
                name = name(member.group(1), owner);
            } else if (line.startsWith("    descriptor: ")) {
                method = owner + "." + name + ":" + line.substring("    descriptor: ".length());
                calls = new TreeSet<>();
                CALLS.put(method, calls);
            } else if (line.contains(VECTOR)) {
                LOOPS.add(method);
            } else if (call.find()) {
                String called = call.group(1) == null ? owner : call.group(1);
                calls.add(called + "." + call.group(2) + ":" + call.group(3));
            }
        }
    }

    private static String name(String member, String owner) {
        if (member.equals("static {}")) {
            return "<clinit>";
        }
        String last = member.replaceFirst("\\(.*", "").replaceFirst(".* ", "");
        return last.equals(owner.replace('/', '.')) ? "<init>" : last;
    }

    private static Set<String> reached(String from) {
        Set<String> reached = new TreeSet<>(Set.of(from));
        Deque<String> left = new ArrayDeque<>(reached);
        while (!left.isEmpty()) {
            for (String called : CALLS.getOrDefault(left.pop(), Set.of())) {
                if (reached.add(called)) {
                    left.push(called);
                }
            }
        }
        return reached;
    }

    /** Constants are met with their class. */
    @Test
    void allAreMet() {
        assertThat(LOOPS).anyMatch(loop -> loop.startsWith("io/eddy/model/network/VectorCells.update:"));
        assertThat(LOOPS).anyMatch(loop -> loop.startsWith("io/eddy/model/VectorHalves.of:"));
        LOOPS.removeIf(loop -> loop.endsWith(".<clinit>:()V"));
        assertThat(reached("io/eddy/model/VectorLoops.meet:()V")).containsAll(LOOPS);
    }

    @Test
    void thoseOfNetworksAreMetWithoutAForecaster() {
        LOOPS.removeIf(loop -> loop.endsWith(".<clinit>:()V"));
        assertThat(reached("io/eddy/model/network/LstmLayer.<init>:([[F[[F[F)V"))
                .containsAll(LOOPS.stream()
                        .filter(loop -> loop.startsWith("io/eddy/model/network/"))
                        .toList());
    }
}
