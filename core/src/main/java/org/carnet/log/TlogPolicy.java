// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whose signatures make a checkpoint count: any one of the logs, and of the witnesses a quorum (C2SP tlog-policy).
///
/// ```text
/// log example.com/log+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k https://example.com/log
/// witness X1 x1.example+…
/// witness X2 x2.example+… https://x2.example
/// group X any X1 X2
/// quorum X
/// ```
/// A policy that exists is well formed: names are defined before they are used, and each is a member at most once.
///
/// @param logs empty if the application knows its log otherwise
/// @param witnesses all of them, in the order of the file
/// @param quorum who must have witnessed; empty for `quorum none`
public record TlogPolicy(List<Log> logs, List<Witness> witnesses, Optional<Member> quorum) {
    public TlogPolicy {
        logs = List.copyOf(logs);
        witnesses = List.copyOf(witnesses);
    }

    /// A log that is accepted; its key has the name of its origin.
    ///
    /// @param url means what the application says
    public record Log(NoteVerifier verifier, Optional<String> url) {}

    /// Who can witness a checkpoint. The name is that of the policy and means nothing outside.
    public sealed interface Member {
        String name();
    }

    /// One key of a witness.
    ///
    /// @param url by recommendation the prefix to which checkpoints are submitted
    public record Witness(String name, NoteVerifier verifier, Optional<String> url)
            implements Member {
        public Witness {
            if (!verifier.isCosigner()) {
                throw new IllegalArgumentException(
                        "the key of the witness " + name + " does not cosign checkpoints");
            }
        }
    }

    /// Has witnessed once at least `threshold` of its members have.
    public record Group(String name, int threshold, List<Member> members) implements Member {
        public Group {
            members = List.copyOf(members);
            if (threshold < 1 || threshold > members.size()) {
                throw new IllegalArgumentException(
                        "the group %s of %d cannot ask for %d"
                                .formatted(name, members.size(), threshold));
            }
        }
    }

    /// What the policy makes of a checkpoint.
    public sealed interface Judgement permits Witnessed, NotWitnessed {}

    /// It counts.
    ///
    /// @param by the witnesses of the policy that cosigned it, and when
    /// @param since when the quorum was reached; empty if the policy asks for no witness
    public record Witnessed(Map<Witness, Instant> by, Optional<Instant> since)
            implements Judgement {
        public Witnessed {
            by = Collections.unmodifiableMap(new LinkedHashMap<>(by));
        }
    }

    /// It does not, and why in one clause.
    ///
    /// @param by the witnesses of the policy that did cosign it
    public record NotWitnessed(String reason, Set<Witness> by) implements Judgement {
        public NotWitnessed {
            by = Set.copyOf(by);
        }
    }

    /// @throws IllegalArgumentException that names the line if these are not the bytes of exactly one policy
    public static TlogPolicy parse(Bytes encoded) {
        return PolicyReader.read(encoded);
    }

    /// Judges a checkpoint by its signatures; whether it grew from an earlier one is not asked.
    ///
    /// A signature that names a key of the policy and does not verify spoils the whole note (signed-note). A cosignature
    /// without a time makes no statement that the tree is the newest seen, and does not count.
    public Judgement judge(SignedNote note) {
        var by = new LinkedHashMap<Witness, Instant>();
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(note.text());
        } catch (IllegalArgumentException malformed) {
            return new NotWitnessed("it is no checkpoint: " + malformed.getMessage(), Set.of());
        }
        for (var witness : witnesses) {
            if (note.isSpoiltFor(witness.verifier())) return spoilt(witness.verifier());
            note.cosignedAt(witness.verifier())
                    .filter(time -> time.isAfter(Instant.EPOCH))
                    .ifPresent(time -> by.put(witness, time));
        }
        for (var log : logs) {
            if (note.isSpoiltFor(log.verifier())) return spoilt(log.verifier());
        }
        if (!logs.isEmpty() && logs.stream().noneMatch(log -> isOf(log, checkpoint, note))) {
            return new NotWitnessed("no log of the policy signed it", by.keySet());
        }
        if (quorum.isEmpty()) return new Witnessed(by, Optional.empty());
        return reached(quorum.get(), by)
                .<Judgement>map(since -> new Witnessed(by, Optional.of(since)))
                .orElseGet(() -> new NotWitnessed(missing(by), by.keySet()));
    }

    /// What can be believed of a note that should be a witnessed checkpoint of one of the logs, of which there must be one.
    public CheckpointVerdict verify(SignedNote note) {
        if (logs.isEmpty()) return new Unverified("the policy names no log");
        return switch (judge(note)) {
            case Witnessed _ -> new VerifiedCheckpoint(Checkpoint.parse(note.text()), note);
            case NotWitnessed not -> new Unverified("the checkpoint: " + not.reason());
        };
    }

    private static boolean isOf(Log log, Checkpoint checkpoint, SignedNote note) {
        return log.verifier().name().equals(checkpoint.origin()) && note.isSignedBy(log.verifier());
    }

    private static NotWitnessed spoilt(NoteVerifier verifier) {
        return new NotWitnessed("a signature by " + verifier + " does not verify", Set.of());
    }

    private String missing(Map<Witness, Instant> by) {
        return "%d of %d witnesses cosigned it, which is no quorum"
                .formatted(by.size(), witnesses.size());
    }

    /// When the member had witnessed: for a group, when the last one that it asks for had.
    private static Optional<Instant> reached(Member member, Map<Witness, Instant> by) {
        return switch (member) {
            case Witness witness -> Optional.ofNullable(by.get(witness));
            case Group(_, int threshold, List<Member> members) ->
                    members.stream()
                            .flatMap(one -> reached(one, by).stream())
                            .sorted()
                            .skip(threshold - 1)
                            .findFirst();
        };
    }
}
