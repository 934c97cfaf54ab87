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
                            long highest = buffer.getLong();
                            long bitmap = buffer.getLong();
                            var thing =
                                    things.find(
                                            DidKey.parse(bytes.slice(16, bytes.length()).toUtf8()));
                            if (thing != null) thing.window = new SequenceWindow(highest, bitmap);
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

    /// A number in a window is appended before the thing is let go of, so it is durable once the storage has flushed.
    @Override
    public void saveSnapshot() {
        long next = reads.size();
        var parts =
                things.all().stream()
                        .filter(thing -> thing.window.highest() > 0)
                        .map(ThingMemory::part)
                        .toList();
        records.flushed().join();
        snapshots.write(SNAPSHOT, next, parts.stream());
    }

    private static Snapshots.Part part(Thing thing) {
        synchronized (thing) {
            var did = Bytes.utf8(thing.did().value());
            var bytes =
                    ByteBuffer.allocate(16 + did.length())
                            .putLong(thing.window.highest())
                            .putLong(thing.window.bitmap())
                            .put(did.unsafeArray())
                            .array();
            return new Snapshots.Part(thing.owner(), Bytes.unsafe(bytes));
        }
    }
}
