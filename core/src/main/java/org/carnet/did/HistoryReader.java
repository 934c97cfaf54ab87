// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import org.carnet.Bytes;
import org.carnet.credential.DataIntegrity;
import org.carnet.credential.EddsaJcs;
import org.carnet.credential.ProofExpectation;
import org.carnet.credential.Refused;
import org.carnet.credential.VerificationMethods;
import org.carnet.credential.VerifiedDocument;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the history of a did:webvh and checks every entry of it (did:webvh 1.0, "Read (Resolve)").
///
/// All of it holds or none: a history with one bad entry is refused as a whole.
public final class HistoryReader {
    /// The longest history that is read.
    public static final int LONGEST = 1 << 20;

    /// How far in the future an entry may lie.
    public static final Duration SKEW = Duration.ofMinutes(5);

    private static final int MOST_ENTRIES = 1000;

    private final DidWebvh did;
    private final Instant now;
    private final List<DidHistory.Version> versions = new ArrayList<>();
    private final List<Parameters> rules = new ArrayList<>();

    private HistoryReader(DidWebvh did, Instant now) {
        this.did = did;
        this.now = now;
    }

    /// The history of the DID in these bytes (did.jsonl), if it is one.
    ///
    /// @param witnesses what approves it (did-witness.json), or null where nothing does
    public static HistoryVerdict read(
            DidWebvh did, Bytes log, @Nullable Bytes witnesses, Instant now) {
        try {
            return new HistoryReader(did, now).read(log, witnesses);
        } catch (Broken e) {
            return e.refused();
        } catch (IllegalArgumentException e) {
            return new HistoryRefused(HistoryFlaw.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private DidHistory read(Bytes log, @Nullable Bytes witnesses) throws Broken {
        var text = log.length() > LONGEST ? null : Json.utf8(log);
        if (text == null)
            throw new Broken(HistoryFlaw.MALFORMED, "the history is too long or not UTF-8");
        var lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty() || lines.size() > MOST_ENTRIES)
            throw new Broken(
                    HistoryFlaw.MALFORMED, "the history has no entry, or too many of them");
        for (var line : lines) append(LogEntry.parse(line));
        if (versions.stream().noneMatch(version -> version.did().equals(did)))
            throw new Broken(HistoryFlaw.WRONG_DID, "the history is not of " + did);
        if (rules.stream().anyMatch(Parameters::isWitnessed))
            WitnessProofs.read(witnesses, versions, now).require(versions, rules);
        return new DidHistory(versions, rules.getLast());
    }

    private void append(LogEntry entry) throws Broken {
        var before = rules.isEmpty() ? null : rules.getLast();
        var parameters =
                before == null
                        ? Parameters.first(entry.parameters())
                        : before.next(entry.parameters());
        if (before != null && before.deactivated())
            throw new Broken(HistoryFlaw.DEACTIVATED, "an entry follows the end of the DID");
        requireNext(entry);
        requireTime(entry);
        // Under pre-rotation the keys of this very entry sign it: the entry before committed to
        // them.
        boolean inherits = before != null && before.nextKeyHashes().isEmpty();
        var signers = before != null && inherits ? before : parameters;
        requireProof(entry, signers.updateKeys());
        versions.add(
                new DidHistory.Version(
                        entry.versionId(),
                        entry.number(),
                        entry.time(),
                        published(entry, before),
                        entry.state()));
        rules.add(parameters);
    }

    private void requireNext(LogEntry entry) throws Broken {
        if (entry.number() != versions.size() + 1)
            throw new Broken(
                    HistoryFlaw.WRONG_VERSION,
                    "version %d stands where %d belongs"
                            .formatted(entry.number(), versions.size() + 1));
        if (versions.isEmpty()) {
            var scid = entry.parameters().path("scid").asString("");
            if (!scid.equals(did.scid()) || !LogEntry.scid(entry.json(), scid).equals(scid))
                throw new Broken(
                        HistoryFlaw.WRONG_SCID, "the SCID is not the hash of the first entry");
        }
        var predecessor = versions.isEmpty() ? did.scid() : versions.getLast().id();
        if (!LogEntry.hash(entry.json(), predecessor).equals(entry.hash()))
            throw new Broken(
                    HistoryFlaw.WRONG_HASH,
                    "version %d is not what its hash says".formatted(entry.number()));
    }

    private void requireTime(LogEntry entry) throws Broken {
        if (entry.time().isAfter(now.plus(SKEW)))
            throw new Broken(HistoryFlaw.WRONG_TIME, "an entry lies in the future");
        if (!versions.isEmpty() && !entry.time().isAfter(versions.getLast().time()))
            throw new Broken(HistoryFlaw.WRONG_TIME, "an entry is not later than the one before");
    }

    private void requireProof(LogEntry entry, List<String> keys) throws Broken {
        var allowed = keys.stream().map(key -> "did:key:" + key).collect(Collectors.toSet());
        var verdict = integrity(allowed).verify(entry.json(), ProofExpectation.ASSERTION, now);
        switch (verdict) {
            case VerifiedDocument ignored -> {}
            case Refused refused ->
                    throw new Broken(
                            HistoryFlaw.INVALID_PROOF,
                            "the proof of version %d: %s".formatted(entry.number(), refused.why()));
        }
    }

    /// Proofs by these did:keys only.
    static DataIntegrity integrity(Set<String> allowed) {
        var ofKeys = VerificationMethods.ofDidKey();
        return new DataIntegrity(
                List.of(EddsaJcs.SUITE),
                (method, purpose) ->
                        allowed.contains(method.substring(0, Math.max(0, method.indexOf('#'))))
                                ? ofKeys.find(method, purpose)
                                : new VerificationMethods.NotFound("the key is not one that may"));
    }

    /// Where the document says it is; its SCID never changes, and its place only if the DID is portable.
    private DidWebvh published(LogEntry entry, @Nullable Parameters before) throws Broken {
        var id = entry.state().path("id").asString("");
        DidWebvh published;
        try {
            published = DidWebvh.parse(id);
        } catch (IllegalArgumentException e) {
            throw new Broken(HistoryFlaw.WRONG_DID, "id of a state: " + e.getMessage());
        }
        if (!published.scid().equals(did.scid()))
            throw new Broken(HistoryFlaw.WRONG_DID, "a state is of a DID with another SCID");
        if (before == null || published.equals(versions.getLast().did())) return published;
        var previous = versions.getLast().did().value();
        boolean told =
                entry.state()
                        .path("alsoKnownAs")
                        .valueStream()
                        .anyMatch(it -> it.asString("").equals(previous));
        if (!before.portable() || !told)
            throw new Broken(
                    HistoryFlaw.WRONG_DID,
                    "the DID moved without being portable, or without saying where it was");
        return published;
    }
}
