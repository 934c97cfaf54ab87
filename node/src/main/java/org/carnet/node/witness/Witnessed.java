// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.LogVerifier;
import org.carnet.log.SignedNote;
import org.carnet.log.TlogPolicy;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Gathers the cosignatures of this node's checkpoints and publishes the newest that the policy calls witnessed, as the
/// file `checkpoint.witnessed` beside `checkpoint`.
///
/// Witnesses answer at their own pace, so several checkpoints gather at once; whichever is complete first is published,
/// and none that is older than what was published.
final class Witnessed {
    static final String FILE = "checkpoint.witnessed";

    private static final int MOST_GATHERING = 64;

    private final Path file;
    private final Supplier<Optional<TlogPolicy>> policy;
    private final LongConsumer reached;
    private final Map<Checkpoint, SignedNote> gathering = new LinkedHashMap<>();
    private Optional<SignedNote> published;

    /// @param policy what counts as witnessed; empty while nobody could witness
    /// @param reached told how many records are witnessed
    Witnessed(
            Path directory,
            LogVerifier log,
            Supplier<Optional<TlogPolicy>> policy,
            LongConsumer reached)
            throws IOException {
        this.file = directory.resolve(FILE);
        this.policy = policy;
        this.reached = reached;
        this.published = stored(log);
        published.ifPresent(note -> reached.accept(checkpoint(note).size()));
    }

    /// What is not a checkpoint of this log is as good as nothing: it is gathered anew.
    private Optional<SignedNote> stored(LogVerifier log) throws IOException {
        try {
            var content = Bytes.unsafe(Files.readAllBytes(file));
            return switch (Checkpoint.verify(content, log)) {
                case VerifiedCheckpoint verified -> Optional.of(verified.note());
                case Unverified _ -> Optional.empty();
            };
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    synchronized Optional<SignedNote> published() {
        return published;
    }

    /// Adds cosignatures that were verified to the checkpoint they are of.
    synchronized void add(SignedNote note, List<SignedNote.Signature> cosignatures)
            throws IOException {
        var checkpoint = checkpoint(note);
        var more = gathering.getOrDefault(checkpoint, note).with(cosignatures);
        gathering.put(checkpoint, more);
        if (gathering.size() > MOST_GATHERING) {
            gathering.remove(gathering.keySet().iterator().next());
        }
        long newest = published.map(old -> checkpoint(old).size()).orElse(-1L);
        if (checkpoint.size() < newest || !isWitnessed(more)) return;
        WholeFile.writeDurably(file, more.encode());
        published = Optional.of(more);
        gathering.keySet().removeIf(older -> older.size() < checkpoint.size());
        if (checkpoint.size() > newest) reached.accept(checkpoint.size());
    }

    private boolean isWitnessed(SignedNote note) {
        return policy.get()
                .filter(rule -> rule.judge(note) instanceof TlogPolicy.Witnessed)
                .isPresent();
    }

    private static Checkpoint checkpoint(SignedNote note) {
        return Checkpoint.parse(note.text());
    }
}
