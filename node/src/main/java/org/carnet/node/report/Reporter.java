// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.report;

import org.carnet.Bytes;
import org.carnet.client.report.Report;
import org.carnet.client.report.ReportHead;
import org.carnet.client.report.ReportLine;
import org.carnet.log.Assurance;
import org.carnet.log.Checkpoint;
import org.carnet.log.Record;
import org.carnet.log.SignedNote;
import org.carnet.node.points.Disclosures;
import org.carnet.node.points.Disclosures.Disclosed;
import org.carnet.node.points.Entry;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.Permissions;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Records;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Makes reports for auditors, one at a time.
///
/// A report has so many lines at most and looks at so many records at most, then says where the next one goes on: memory
/// and time do not grow with the log. That it was made is on the record before anybody has it.
final class Reporter {
    private static final int MOST_LINES = 500;
    private static final int MOST_LOOKED_AT = 500_000;

    /// What lines and their hashes may have together, so that all of it fits under one signature.
    private static final int MOST_CHARACTERS = Report.MOST_BYTES / 2;

    private static final int HASH_CHARACTERS = 48;

    private final NodeIdentity node;
    private final String origin;
    private final Disclosures disclosures;
    private final RecordReads reads;
    private final Records records;
    private final Permissions permissions;
    private final InstantSource clock;

    /// What is handed over, and the record that says so.
    record Made(String jws, Report report, long record) {}

    Reporter(
            NodeIdentity node,
            String origin,
            Disclosures disclosures,
            RecordReads reads,
            Records records,
            Permissions permissions,
            InstantSource clock) {
        this.node = node;
        this.origin = origin;
        this.disclosures = disclosures;
        this.reads = reads;
        this.records = records;
        this.permissions = permissions;
        this.clock = clock;
    }

    synchronized Made report(Question question) throws IOException {
        var owner = question.thing().flatMap(permissions::ownerOf);
        if (question.thing().isPresent() && owner.isEmpty()) {
            throw new Problem(ProblemType.NOT_FOUND, "there is no such thing here");
        }
        if (owner.isPresent()
                && question.subject().filter(s -> !s.equals(owner.get())).isPresent()) {
            throw new Problem(ProblemType.NOT_FOUND, "the thing is not one of that subject");
        }
        var subject = question.subject().or(() -> owner);
        if (subject.filter(name -> !disclosures.knows(name)).isPresent()) {
            throw new Problem(ProblemType.NOT_FOUND, "nothing is on the record of that subject");
        }
        long size = reads.size();
        if (size == 0) throw new Problem(ProblemType.NOT_FOUND, "there is no record yet");
        if (question.first() > size) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, "\"first\" is beyond the record");
        }
        var gathering = gather(question, subject, size);
        var report = proven(question, gathering, size);
        var jws = report.sign(node.key());
        return new Made(jws, report, recorded(question, subject, report));
    }

    /// What was found so far.
    private static final class Gathering {
        private final List<Disclosed> found = new ArrayList<>();
        private final Names names;
        private final BitSet unreadable = new BitSet();
        private long next;

        Gathering(Names names) {
            this.names = names;
        }
    }

    private Gathering gather(Question question, Optional<String> subject, long size) {
        var known = new ArrayList<>(List.of(origin, "operator"));
        subject.ifPresent(known::add);
        question.thing().ifPresent(known::add);
        var gathering = new Gathering(new Names(known, permissions));
        var wanted = new Disclosures.Wanted(question.from(), question.until(), subject);
        long end = Math.min(size, question.first() + MOST_LOOKED_AT);
        gathering.next =
                disclosures.disclose(
                        question.first(), end, wanted, one -> take(gathering, question, one));
        return gathering;
    }

    private boolean take(Gathering gathering, Question question, Disclosed one) {
        if (one.details().isEmpty()) {
            gathering.unreadable.set((int) (one.index() - question.first()));
            // Nobody can tell whose it was, so it stands in reports about everybody only.
            if (question.subject().isPresent() || question.thing().isPresent()) return true;
        }
        gathering.names.learn(one);
        if (question.thing().isPresent() && !concerns(question.thing().get(), one)) return true;
        gathering.found.add(one);
        return gathering.found.size() < MOST_LINES;
    }

    private static boolean concerns(String thing, Disclosed one) {
        var pseudonym = one.pseudonyms().apply(thing);
        var record = one.record();
        if (pseudonym.equals(record.actor()) || pseudonym.equals(record.about())) return true;
        return record.kind() != Record.Kind.RECEIVED
                && one.details().filter(details -> details.toUtf8().contains(thing)).isPresent();
    }

    private Report proven(Question question, Gathering gathering, long size) throws IOException {
        long last = gathering.found.isEmpty() ? size - 1 : gathering.found.getLast().index();
        var note = checkpointOver(last);
        var checkpoint = Checkpoint.parse(note.text());
        var proofing = new Proofing(disclosures.tiles(), checkpoint.size());
        var lines = new ArrayList<ReportLine>();
        long next = gathering.next;
        long characters = 0;
        for (var one : gathering.found) {
            var path = proofing.prove(one.index());
            var line = line(question.details(), gathering, one, path);
            if (line.length() > MOST_CHARACTERS) line = line(false, gathering, one, path);
            characters += line.length();
            if (characters + (long) proofing.size() * HASH_CHARACTERS > MOST_CHARACTERS
                    && !lines.isEmpty()) {
                next = one.index();
                break;
            }
            lines.add(line);
        }
        int lookedAt = (int) (next - question.first());
        var head =
                new ReportHead(
                        node.key().did(),
                        node.log(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        question.from(),
                        question.until(),
                        question.subject(),
                        question.thing(),
                        question.first(),
                        next,
                        next >= size,
                        gathering.unreadable.get(0, lookedAt).cardinality(),
                        note,
                        proofing.hashes());
        return new Report(head, lines);
    }

    private static ReportLine line(
            boolean withDetails, Gathering gathering, Disclosed one, List<Integer> path) {
        return ReportLine.of(
                one.index(),
                one.leaf(),
                gathering.names.of(one.record().actor(), one),
                gathering.names.of(one.record().about(), one),
                one.details(),
                withDetails,
                path);
    }

    /// The newest witnessed checkpoint if it covers the record, else the newest of all, made if need be.
    private SignedNote checkpointOver(long record) throws IOException {
        var witnessed = reads.logDirectory().resolve("checkpoint.witnessed");
        if (Files.exists(witnessed)) {
            var note = SignedNote.parse(Bytes.unsafe(Files.readAllBytes(witnessed)));
            if (Checkpoint.parse(note.text()).size() > record) return note;
        }
        return reads.prove(record).checkpoint();
    }

    private long recorded(Question question, Optional<String> subject, Report report) {
        var details =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("from", question.from().toString())
                        .put("until", question.until().toString())
                        .put("first", report.head().first())
                        .put("next", report.head().next())
                        .put("lines", report.lines().size())
                        .put("details", question.details());
        question.subject().ifPresent(name -> details.put("subject", name));
        question.thing().ifPresent(name -> details.put("thing", name));
        details.put("sha256", report.digest().toBase64());
        var entry =
                new Entry(
                        Record.Kind.REPORTED,
                        Assurance.NONE,
                        subject.orElse(origin),
                        "operator",
                        question.thing().or(question::subject).orElse(origin),
                        Bytes.unsafe(JsonMapper.shared().writeValueAsBytes(details)));
        return records.append(List.of(entry)).join().firstIndex();
    }
}
