// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.health.HealthCheck;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Records;
import org.carnet.node.policies.PolicyFiles;
import org.carnet.node.policies.RuleBook;
import org.carnet.node.policies.Shipped;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps the policies in force, and takes over what was edited, without a restart.
///
/// A set is taken over as a whole or not at all: once the files have been at rest for a moment, are valid, and answer as
/// their own cases expect. Otherwise the old set stays in force, and that is told: in the log, by `/health` and on the
/// record.
final class PolicyKeeper implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyKeeper.class);
    private static final String STAY = "; the old ones stay in force";
    private static final String UNREADABLE = "the policies cannot be read";

    private final Path directory;
    private final Supplier<Records> records;
    private final String node;
    private final InstantSource clock;
    private volatile Policies inForce;
    private volatile Instant since;
    private volatile List<String> faults = List.of();
    private volatile boolean unreadable;
    private PolicyFiles read;
    private @Nullable PolicyFiles seen;

    private PolicyKeeper(
            Path directory,
            Supplier<Records> records,
            String node,
            InstantSource clock,
            PolicyFiles files,
            RuleBook book) {
        this.directory = directory;
        this.records = records;
        this.node = node;
        this.clock = clock;
        this.since = clock.instant();
        this.read = files;
        this.inForce = new Policies(book);
    }

    /// Reads the policies of the directory; a node without any gets those that ship.
    ///
    /// @throws IllegalArgumentException if they are not valid: a node does not start with policies that nobody meant
    static PolicyKeeper open(
            Path directory, Supplier<Records> records, String node, InstantSource clock)
            throws IOException {
        Shipped.copyTo(directory);
        var files = PolicyFiles.read(directory);
        return switch (files.read()) {
            case RuleBook.Reading.Valid(RuleBook book) ->
                    new PolicyKeeper(directory, records, node, clock, files, book);
            case RuleBook.Reading.Faulty(List<String> faults) ->
                    throw new IllegalArgumentException(
                            "the policies in " + directory + ": " + String.join("; ", faults));
        };
    }

    Policies inForce() {
        return inForce;
    }

    /// When those in force were read.
    Instant since() {
        return since;
    }

    /// Why what was edited since is not in force; empty if nothing was, or it is.
    List<String> faults() {
        return unreadable ? List.of(UNREADABLE) : faults;
    }

    /// Looks at the files, and takes them over if they have changed and are the same as when they were last looked at.
    synchronized void look() {
        try {
            var files = PolicyFiles.read(directory);
            if (files.equals(read)) {
                seen = null;
                unreadable = false;
                return;
            }
            if (!files.equals(seen)) {
                seen = files;
                return;
            }
            take(files);
            seen = null;
            read = files;
            unreadable = false;
        } catch (IOException e) {
            if (!unreadable) LOG.warn("the policies cannot be read; the old ones stay", e);
            unreadable = true;
        }
    }

    private void take(PolicyFiles files) {
        switch (reading(files)) {
            case RuleBook.Reading.Valid(RuleBook book) -> {
                var before = inForce.book().version();
                faults = List.of();
                if (book.version().equals(before)) return;
                record(before, book.version(), book.rules().size(), List.of());
                inForce = new Policies(book);
                since = clock.instant();
                LOG.info(
                        "{} policies are in force, version {}",
                        book.rules().size(),
                        book.version());
            }
            case RuleBook.Reading.Faulty(List<String> found) -> {
                found.forEach(fault -> LOG.warn("the policies are not taken over: {}", fault));
                faults = List.copyOf(found);
                record(inForce.book().version(), "", 0, found);
            }
        }
    }

    private static RuleBook.Reading reading(PolicyFiles files) {
        try {
            return files.read();
        } catch (IllegalArgumentException e) {
            return new RuleBook.Reading.Faulty(List.of(String.valueOf(e.getMessage())));
        }
    }

    /// On the record before it is in force.
    private void record(String before, String after, int policies, List<String> faults) {
        var json = JsonMapper.shared().createObjectNode().put("policies", "edited");
        json.put("before", before);
        if (faults.isEmpty()) json.put("after", after).put("count", policies);
        faults.stream().limit(10).forEach(json.withArray("faults")::add);
        var entry =
                new Entry(
                        Record.Kind.GOVERNED,
                        Assurance.NONE,
                        node,
                        node,
                        "policies",
                        Bytes.unsafe(JsonMapper.shared().writeValueAsBytes(json)));
        records.get().append(List.of(entry)).join();
    }

    @Override
    public String name() {
        return "policies";
    }

    @Override
    public boolean isVital() {
        return false;
    }

    @Override
    public Optional<String> trouble() {
        if (unreadable) return Optional.of(UNREADABLE + STAY);
        var found = faults;
        if (found.isEmpty()) return Optional.empty();
        return Optional.of(
                "%d faults in edited policies, such as: %s%s"
                        .formatted(found.size(), found.getFirst(), STAY));
    }
}
