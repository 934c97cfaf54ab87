// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a monitor saw a log do that no log may do, with the log's own signatures (docs/wire/evidence.md).
///
/// ```text
/// carnet-evidence v1
/// fork
/// time 1795169730
/// root WkdmL9ijF9lgSaP59HxV3GfKZgUbqjaD27GbL+CaB7A=    a fork only: what the second tree has at the first size
/// SFM123z+yWXxX/dF/GJcQdXqJkaTaTAWWCj3PdS2iFQ=         the proof of that, RFC 9162 section 2.1.4
/// first 6                                              so many lines of a checkpoint follow
/// carnet.local/agora
/// …
/// second 6
/// carnet.local/agora
/// …
///
/// — carnet.local/pulse/evidence …                      who reports it
/// ```
/// A fork convicts by itself; so does a rollback whose signatures say when they were made. What is evidence only on the
/// word of the reporter says so.
///
/// @param first of a fork the shorter tree, of a rollback the longer one, which was seen before; of a stall the newest
/// @param second what contradicts it; a stall may have none
/// @param fork the proof of a fork, and of nothing else
public record Evidence(
        Kind kind,
        Instant time,
        Optional<Fork> fork,
        SignedNote first,
        Optional<SignedNote> second) {
    private static final String FIRST_LINE = "carnet-evidence v1";
    private static final String TIME = "time ";
    private static final String ROOT = "root ";
    private static final int MOST_LINES = 1000;

    /// What the log did.
    public enum Kind {
        /// It signed two trees of which neither is the beginning of the other.
        FORK,
        /// It went back to a smaller tree than it had shown.
        ROLLBACK,
        /// It does not answer, or does not show what it has signed.
        STALL
    }

    /// That the second tree has, at the size of the first, another root than the first.
    ///
    /// @param root which root that is
    /// @param path the proof that the second tree grew from it
    public record Fork(Hash root, List<Hash> path) {
        public Fork {
            path = List.copyOf(path);
        }
    }

    /// What evidence is worth.
    public sealed interface Verdict {
        /// The log's own signatures show it; nobody's word is needed.
        record Proven(String what) implements Verdict {}

        /// The signatures are the log's, and that it was so is the word of who reports it.
        record Reported(String what) implements Verdict {}

        /// It shows nothing.
        record Worthless(String why) implements Verdict {}
    }

    public Evidence {
        if ((kind == Kind.FORK) != fork.isPresent())
            throw malformed("has no proof, or one too many");
        if (kind != Kind.STALL && second.isEmpty()) throw malformed("has one checkpoint only");
        if (time.getEpochSecond() < 0) throw malformed("is older than 1970");
        time = Instant.ofEpochSecond(time.getEpochSecond());
    }

    /// The evidence that stands in a note, whoever signed that.
    ///
    /// @throws IllegalArgumentException if the text of the note is not exactly one piece of evidence
    public static Evidence parse(SignedNote report) {
        return new Reader(report.text()).evidence();
    }

    /// The note by which the reporter says so.
    public SignedNote report(NoteSigner reporter) {
        var text = new StringBuilder(FIRST_LINE).append('\n');
        text.append(kind.name().toLowerCase(Locale.ROOT)).append('\n');
        text.append(TIME).append(time.getEpochSecond()).append('\n');
        fork.ifPresent(
                proof -> {
                    text.append(ROOT).append(proof.root().toBase64()).append('\n');
                    proof.path().forEach(hash -> text.append(hash.toBase64()).append('\n'));
                });
        append(text, "first ", first);
        second.ifPresent(note -> append(text, "second ", note));
        return SignedNote.sign(text.toString(), reporter);
    }

    private static void append(StringBuilder text, String name, SignedNote note) {
        var encoded = note.encode().toUtf8();
        text.append(name).append(encoded.lines().count()).append('\n').append(encoded);
    }

    /// What it shows of the log with these keys.
    public Verdict judge(LogVerifier log) {
        if (!(Checkpoint.verify(first, log) instanceof VerifiedCheckpoint before)) {
            return new Verdict.Worthless("the first checkpoint is not of " + log);
        }
        if (second.isEmpty()) return stalled(before.checkpoint());
        if (!(Checkpoint.verify(second.get(), log) instanceof VerifiedCheckpoint after)) {
            return new Verdict.Worthless("the second checkpoint is not of " + log);
        }
        return switch (kind) {
            case FORK -> forked(before.checkpoint(), after.checkpoint());
            case ROLLBACK -> rolledBack(log, before.checkpoint(), after.checkpoint());
            case STALL -> stalled(after.checkpoint());
        };
    }

    private Verdict forked(Checkpoint before, Checkpoint after) {
        var proof = fork.orElseThrow();
        if (proof.root().equals(before.root())) {
            return new Verdict.Worthless("the second tree has the first root at that size");
        }
        return new ConsistencyProof(before.size(), after.size(), proof.path())
                        .verifies(proof.root(), after.root())
                ? new Verdict.Proven(
                        "it signed two trees that differ within their first %d records"
                                .formatted(before.size()))
                : new Verdict.Worthless("the second tree need not have that root at that size");
    }

    private Verdict rolledBack(LogVerifier log, Checkpoint before, Checkpoint after) {
        if (after.size() >= before.size()) {
            return new Verdict.Worthless("the second tree is not smaller than the first");
        }
        for (var key : log.keys()) {
            var earlier = first.cosignedAt(key);
            var later = second.orElseThrow().cosignedAt(key);
            if (earlier.isPresent() && later.isPresent() && earlier.get().isBefore(later.get())) {
                return new Verdict.Proven(
                        "it signed %d records at %s and, at %s, only %d"
                                .formatted(
                                        before.size(), earlier.get(), later.get(), after.size()));
            }
        }
        return new Verdict.Reported(
                "it signed %d records and showed, at %s, only %d"
                        .formatted(before.size(), time, after.size()));
    }

    private Verdict stalled(Checkpoint newest) {
        return new Verdict.Reported(
                "it signed %d records, and by %s it did not show what is due"
                        .formatted(newest.size(), time));
    }

    private static IllegalArgumentException malformed(String how) {
        return new IllegalArgumentException("the evidence " + how);
    }

    /// Goes through the lines.
    private static final class Reader {
        private final List<String> lines;
        private int at;

        Reader(String text) {
            lines = List.of(text.split("\n", -1));
            if (lines.size() > MOST_LINES) throw malformed("has too many lines");
        }

        Evidence evidence() {
            if (!next().equals(FIRST_LINE)) throw malformed("does not begin as one");
            var kind = kind(next());
            long seconds = number(TIME);
            if (seconds > Instant.MAX.getEpochSecond()) throw malformed("is of no time");
            var time = Instant.ofEpochSecond(seconds);
            var fork = kind == Kind.FORK ? Optional.of(fork()) : Optional.<Fork>empty();
            var first = note("first ");
            var second =
                    peek().isEmpty() ? Optional.<SignedNote>empty() : Optional.of(note("second "));
            if (at != lines.size() - 1) throw malformed("goes on after its end");
            return new Evidence(kind, time, fork, first, second);
        }

        private static Kind kind(String line) {
            for (var kind : Kind.values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(line)) return kind;
            }
            throw malformed("is of no known kind");
        }

        private Fork fork() {
            var root = Hash.base64(value(ROOT));
            var path = new ArrayList<Hash>();
            while (!peek().startsWith("first ")) path.add(Hash.base64(next()));
            return new Fork(root, path);
        }

        private SignedNote note(String name) {
            long count = number(name);
            if (count > lines.size() - 1 - at) throw malformed("ends too early");
            var note = lines.subList(at, at + (int) count);
            at += (int) count;
            return SignedNote.parse(Bytes.utf8(String.join("\n", note) + "\n"));
        }

        private long number(String name) {
            return Checkpoint.parseDecimal(value(name));
        }

        private String value(String name) {
            var line = next();
            if (!line.startsWith(name)) throw malformed("has no line '" + name + "…'");
            return line.substring(name.length());
        }

        private String peek() {
            return lines.get(at);
        }

        private String next() {
            if (at >= lines.size() - 1) throw malformed("ends too early");
            return lines.get(at++);
        }
    }
}
