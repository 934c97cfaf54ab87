// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.envelope.SequenceWindow;
import org.carnet.envelope.SignedPack;
import org.carnet.identity.DidKey;
import org.carnet.log.Record;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Records;
import org.carnet.node.points.Restorable;
import org.carnet.node.points.Snapshots;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/// What the things agent must not forget when the node dies: which sequence numbers were used, what owners decided.
///
/// ```text
/// part of a snapshot: highest i64 | window bitmap u64 | DID utf-8
/// ```
final class ThingMemory implements Restorable {
    private static final String SNAPSHOT = "things";

    private final Things things;
    private final Registrar registrar;
    private final RecordReads reads;
    private final Records records;
    private final Snapshots snapshots;

    ThingMemory(
            Things things,
            Registrar registrar,
            RecordReads reads,
            Records records,
            Snapshots snapshots) {
        this.things = things;
        this.registrar = registrar;
        this.reads = reads;
        this.records = records;
        this.snapshots = snapshots;
    }

    @Override
    public long loadSnapshot() {
        registrar.load();
        return snapshots
                .read(
                        SNAPSHOT,
                        bytes -> {
                            var buffer = ByteBuffer.wrap(bytes.unsafeArray());
                            var state =
                                    new SequenceWindow.State(buffer.getLong(), buffer.getLong());
                            var thing =
                                    things.find(
                                            DidKey.parse(bytes.slice(16, bytes.length()).toUtf8()));
                            if (thing != null) thing.window = new SequenceWindow(state);
                        })
                .orElse(0);
    }

    @Override
    public void restore(long index, Record.Kind kind, Instant time, Bytes details) {
        switch (kind) {
            case RECEIVED -> {
                if (!(SignedPack.decode(details) instanceof SignedPack pack)) return;
                var thing = things.find(pack.thing());
                // Already in the window if the snapshot is newer than this record.
                if (thing != null) thing.window.accept(pack.sequence());
            }
            case REGISTERED, MAPPED, PAUSED, RESUMED, ENDED ->
                    registrar.restore(kind, Details.parse(details));
            default -> {}
        }
    }

    /// Once the storage has flushed, the windows keep the numbers of all records so far, and none that is not durable.
    @Override
    public void saveSnapshot() {
        long next = reads.size();
        records.flushed().join();
        var parts = things.all().stream().flatMap(thing -> part(thing).stream()).toList();
        snapshots.write(SNAPSHOT, next, parts.stream());
    }

    /// Nothing for a thing that never sent.
    private static Optional<Snapshots.Part> part(Thing thing) {
        SequenceWindow.State state;
        // While the thing is held, none of its updates is between its record and its window.
        synchronized (thing) {
            state = thing.window.state();
        }
        if (state.highest() == 0) return Optional.empty();
        var did = Bytes.utf8(thing.did().value());
        var bytes =
                ByteBuffer.allocate(16 + did.length())
                        .putLong(state.highest())
                        .putLong(state.bitmap())
                        .put(did.unsafeArray())
                        .array();
        return Optional.of(new Snapshots.Part(thing.owner(), Bytes.unsafe(bytes)));
    }
}
