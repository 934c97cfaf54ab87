// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.conformance;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// An installed checkout of one of W3C's suites, run by its own mocha.
///
/// Nothing is written into the checkout: it is copied beside the node, without its packages, which are linked, and the
/// configuration is written into the copy.
public final class W3cSuite {
    private static final Set<String> SUITES =
            Set.of(
                    "vc-data-model-2.0-test-suite",
                    "vc-di-eddsa-test-suite",
                    "vc-bitstring-status-list-test-suite");
    private static final String PACKAGES = "node_modules";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path checkout;
    private final Path work;

    /// @param checkout the suite, with its packages installed
    /// @param work a directory to work in
    /// @throws IllegalArgumentException if this is no such checkout, with one sentence that says why
    public W3cSuite(Path checkout, Path work) throws IOException {
        this.checkout = checkout.toAbsolutePath().normalize();
        this.work = work;
        var manifest = this.checkout.resolve("package.json");
        if (Files.notExists(manifest))
            throw new IllegalArgumentException(checkout + " has no package.json");
        var name = read(manifest).path("name").asString("");
        var plain = name.substring(name.indexOf('/') + 1);
        if (!SUITES.contains(plain))
            throw new IllegalArgumentException(
                    checkout + " is \"" + name + "\", which is none of " + SUITES);
        if (Files.notExists(this.checkout.resolve(PACKAGES).resolve("mocha")))
            throw new IllegalArgumentException(
                    checkout + " is not installed: docs/conformance.md says how");
    }

    /// Runs the suite against the node in the configuration.
    ///
    /// @param name of this run
    /// @param authority whose certificates the suite trusts besides the usual ones
    SuiteRun run(String name, SuiteConfiguration configuration, Path authority)
            throws IOException, InterruptedException {
        var copy = work.resolve(name);
        copy(copy);
        Files.writeString(copy.resolve("localConfig.cjs"), configuration.text());
        Files.writeString(copy.resolve(".localConfig.cjs"), configuration.text());
        var report = copy.resolve("report.json");
        var output = copy.resolve("output.txt");
        var builder =
                new ProcessBuilder(
                                "node",
                                "--preserve-symlinks",
                                checkout.resolve(PACKAGES).resolve("mocha/bin/mocha.js").toString(),
                                "tests/",
                                "--reporter",
                                "json",
                                "--reporter-option",
                                "output=" + report,
                                "--timeout",
                                "15000",
                                "--exit")
                        .directory(copy.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        // Without the first the suites look for their configuration beside the packages.
        builder.environment().put("APP_ROOT_PATH", copy.toString());
        builder.environment().put("NODE_EXTRA_CA_CERTS", authority.toString());
        var mocha = builder.start();
        mocha.getOutputStream().close();
        if (!mocha.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            mocha.destroyForcibly();
            throw new IOException("the suite did not end in " + PATIENCE);
        }
        if (Files.notExists(report))
            throw new IOException("the suite did not run: " + output + " says why");
        return result(read(report));
    }

    private static SuiteRun result(JsonNode report) {
        var failures = new ArrayList<String>();
        for (var failure : report.path("failures")) {
            var why = failure.path("err").path("message").asString("").lines().findFirst();
            failures.add(failure.path("fullTitle").asString() + " (" + why.orElse("") + ")");
        }
        var stats = report.path("stats");
        return new SuiteRun(
                stats.path("passes").asInt(),
                stats.path("failures").asInt(),
                stats.path("pending").asInt(),
                failures);
    }

    private static JsonNode read(Path file) throws IOException {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new IOException(file + " is not JSON", e);
        }
    }

    private void copy(Path target) throws IOException {
        var left = List.of(checkout.resolve(PACKAGES), checkout.resolve(".git"));
        Files.walkFileTree(
                checkout,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        if (left.contains(directory)) return FileVisitResult.SKIP_SUBTREE;
                        Files.createDirectories(target.resolve(checkout.relativize(directory)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (attributes.isRegularFile())
                            Files.copy(file, target.resolve(checkout.relativize(file)));
                        return FileVisitResult.CONTINUE;
                    }
                });
        Files.createSymbolicLink(target.resolve(PACKAGES), checkout.resolve(PACKAGES));
    }
}
