// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Evidence;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteSigner;
import org.carnet.log.Record;
import org.carnet.node.files.WholeFile;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Records;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What other logs did that no log may do, each incident once: the evidence in a file, then on the record, then listed.
///
/// A rollback or a stall is over once the log shows again what it should; the next one is another incident. A fork is
/// never over.
final class Incidents {
    /// @param id names the file of the evidence
    /// @param proven whether the log's own signatures convict it; else it is this node's word
    /// @param record where it stands on this node's record
    record Incident(
            String id,
            String origin,
            Evidence.Kind kind,
            Instant reportedAt,
            boolean proven,
            String summary,
            long record,
            Optional<Instant> overAt) {}

    private record Key(String origin, Evidence.Kind kind) {}

    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
    private static final String SUFFIX = ".evidence";

    private final Path directory;
    private final IncidentStore store;
    private final Records records;
    private final NoteSigner reporter;
    private final String self;
    private final InstantSource clock;
    private final Map<Key, Incident> open = new HashMap<>();
    private final Map<Key, String> unrecorded = new HashMap<>();

    /// @param reporter signs the evidence
    /// @param self the origin of this node's own log
    Incidents(
            Path directory,
            IncidentStore store,
            Records records,
            NoteSigner reporter,
            String self,
            InstantSource clock) {
        this.directory = directory;
        this.store = store;
        this.records = records;
        this.reporter = reporter;
        this.self = self;
        this.clock = clock;
        for (var incident : store.open()) {
            open.put(new Key(incident.origin(), incident.kind()), incident);
        }
    }

    /// Keeps the evidence, unless the same incident is known already or it is worth nothing.
    synchronized void report(LogVerifier log, Evidence evidence) {
        var key = new Key(log.name(), evidence.kind());
        if (open.containsKey(key)) return;
        var verdict = evidence.judge(log);
        switch (verdict) {
            case Evidence.Verdict.Worthless worthless ->
                    LOG.error("evidence against {} shows nothing: {}", log.name(), worthless.why());
            case Evidence.Verdict.Proven proven -> keep(key, evidence, true, proven.what());
            case Evidence.Verdict.Reported reported -> keep(key, evidence, false, reported.what());
        }
    }

    private void keep(Key key, Evidence evidence, boolean proven, String summary) {
        var kind = evidence.kind().name().toLowerCase(Locale.ROOT);
        var content = evidence.report(reporter).encode();
        // One that could not be recorded is tried again under the same name.
        var id =
                unrecorded.computeIfAbsent(
                        key,
                        same -> kind + "-" + WitnessFiles.hash(content.toUtf8()).substring(0, 24));
        try {
            Files.createDirectories(directory);
            WholeFile.writeDurably(directory.resolve(id + SUFFIX), content);
        } catch (IOException e) {
            LOG.error("evidence against {} could not be kept; trying on", key.origin(), e);
            return;
        }
        var details =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("log", key.origin())
                        .put("kind", kind)
                        .put("evidence", id)
                        .put("sha256", WitnessFiles.hash(content.toUtf8()))
                        .put("proven", proven)
                        .put("summary", summary);
        var entry =
                new Entry(
                        Record.Kind.DISTRUSTED,
                        Assurance.NONE,
                        self,
                        self,
                        key.origin(),
                        Bytes.utf8(details.toString()));
        long record = records.append(List.of(entry)).join().firstIndex();
        var incident =
                new Incident(
                        id,
                        key.origin(),
                        key.kind(),
                        clock.instant(),
                        proven,
                        summary,
                        record,
                        Optional.empty());
        store.insert(incident);
        open.put(key, incident);
        unrecorded.remove(key);
        LOG.warn("the log {} is not to be trusted: {}", key.origin(), summary);
    }

    /// The log shows again what it should.
    synchronized void over(String origin, Evidence.Kind kind) {
        var incident = open.get(new Key(origin, kind));
        if (incident == null || kind == Evidence.Kind.FORK) return;
        store.end(incident.id(), clock.instant());
        open.remove(new Key(origin, kind));
        LOG.info("the {} of the log {} is over", kind, origin);
    }

    /// Whether the log signed two trees, so that no statement about it means anything any more.
    synchronized boolean isForked(String origin) {
        return open.containsKey(new Key(origin, Evidence.Kind.FORK));
    }

    /// How many are not over.
    synchronized int open() {
        return open.size();
    }

    /// The newest, up to so many.
    List<Incident> all(int most) {
        return store.newest(most);
    }

    /// The evidence of an incident, as a note signed by this node.
    Optional<Bytes> evidence(String id) throws IOException {
        if (!ID.matcher(id).matches()) return Optional.empty();
        try {
            return Optional.of(Bytes.unsafe(Files.readAllBytes(directory.resolve(id + SUFFIX))));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
