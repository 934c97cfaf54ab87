// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Reads the repository: what every file has, how long it may be, and which calls have a better replacement.
class HouseTest {
    private static final Predicate<String> LICENCE =
            line -> line.contains("SPDX-License-Identifier: Apache-2.0");
    private static final int LONGEST_FILE = 450;

    private static final List<BannedCall> BANNED =
            List.of(
                    new BannedCall(
                            "Instant\\.now\\(\\)|Clock\\.system|System\\.currentTimeMillis\\(",
                            HouseTest::isInside,
                            "take an InstantSource in the constructor; the edge passes the clock"
                                    + " in"),
                    new BannedCall(
                            "System\\.(out|err)\\b|\\.printStackTrace\\(",
                            file -> !SourceTree.isTest(file) && !file.startsWith("cli"),
                            "answer the caller, or log"),
                    new BannedCall(
                            "Thread\\.sleep\\(",
                            SourceTree::isTest,
                            "wait for what should happen: a future, a latch, a condition"),
                    new BannedCall(
                            "new Random\\(\\)|Math\\.random\\(|ThreadLocalRandom",
                            file -> true,
                            "use new Random(seed), so that a run can be repeated"),
                    new BannedCall(
                            "org\\.mockito|import lombok|@Autowired|@ComponentScan",
                            file -> true,
                            "write new, or a second real implementation"),
                    new BannedCall(
                            "@Disabled|\\b(TODO|FIXME|XXX)\\b",
                            file -> true,
                            "do it now, or open an issue"));

    /// A call that is not made in some files, and what to write instead.
    private record BannedCall(Pattern call, Predicate<Path> where, String instead) {
        BannedCall(String call, Predicate<Path> where, String instead) {
            this(Pattern.compile(call), where, instead);
        }
    }

    @Test
    void everySourceNamesItsLicence() {
        var sources =
                SourceTree.files(
                        ".java",
                        ".js",
                        ".mjs",
                        ".css",
                        ".html",
                        ".sql",
                        ".xml",
                        ".yaml",
                        ".yml",
                        ".properties",
                        ".sh",
                        "carnet",
                        ".ci/run",
                        "tools/format");
        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(sources)
                .filteredOn(file -> !SourceTree.read(file).lines().limit(3).anyMatch(LICENCE))
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsAndWhatMayBeNull() {
        var packages = new TreeSet<Path>();
        for (var file : SourceTree.files(".java")) {
            if (!SourceTree.isTest(file)) packages.add(file.getParent());
        }
        assertThat(packages).hasSizeGreaterThan(5);
        assertThat(packages)
                .filteredOn(folder -> !isExplained(folder.resolve("package-info.java")))
                .isEmpty();
    }

    private static boolean isExplained(Path info) {
        if (!Files.exists(SourceTree.ROOT.resolve(info))) return false;
        var text = SourceTree.read(info);
        return text.contains("NullMarked")
                && text.lines().anyMatch(line -> line.matches("/// [A-Z].*"));
    }

    @Test
    void noFileIsTooLongToRead() {
        assertThat(SourceTree.files(".java", ".js", ".mjs", ".css", ".html", ".sql", ".md"))
                .filteredOn(file -> SourceTree.read(file).lines().count() > LONGEST_FILE)
                .isEmpty();
    }

    @Test
    void callsThatHaveABetterReplacementAreNotMade() {
        assertThat(SourceTree.files(".java"))
                .filteredOn(file -> !file.endsWith("HouseTest.java"))
                .flatMap(file -> bannedCalls(file, SourceTree.read(file)))
                .isEmpty();
    }

    @Test
    void aBannedCallIsFoundAndItsReplacementNamed() {
        var inside = Path.of("node/src/main/java/org/carnet/node/things/Things.java");
        assertThat(bannedCalls(inside, "\nvar now = Instant." + "now();"))
                .singleElement()
                .asString()
                .startsWith(inside + ":2: take an InstantSource");
        var edge = Path.of("node/src/main/java/org/carnet/node/NodeConfiguration.java");
        assertThat(bannedCalls(edge, "return Clock." + "systemUTC();")).isEmpty();
        var test = Path.of("node/src/test/java/org/carnet/node/things/ThingsTest.java");
        assertThat(bannedCalls(test, "Thread." + "sleep(10);")).hasSize(1);
    }

    private static List<String> bannedCalls(Path file, String source) {
        var found = new ArrayList<String>();
        var lines = source.lines().toList();
        for (var banned : BANNED) {
            if (!banned.where.test(file)) continue;
            for (int i = 0; i < lines.size(); i++) {
                if (banned.call.matcher(lines.get(i)).find()) {
                    found.add(file + ":" + (i + 1) + ": " + banned.instead);
                }
            }
        }
        return found;
    }

    /// Everything that ships except the edge: the command line, the program's start, and the classes that say `new`.
    private static boolean isInside(Path file) {
        var name = file.getFileName().toString();
        return !SourceTree.isTest(file)
                && !file.startsWith("cli")
                && !name.endsWith("Configuration.java")
                && !name.equals("Node.java")
                && !name.equals("NodeApplication.java");
    }
}
