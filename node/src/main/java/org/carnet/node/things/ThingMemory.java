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
import java.util.List;

/// What the things agent must not forget when the node dies: which sequence numbers were used, what owners decided.
///
/// ```text
/// part of a snapshot: highest i64 | window bitmap u64 | DID utf-8 [ space | DID of the key, if it is another ]
/// ```
final class ThingMemory implements Restorable {
    private static final String SNAPSHOT = "things";

    private final Things things;
    private final Registrar registrar;
    private final Lifecycle lifecycle;
    private final RecordReads reads;
    private final Records records;
    private final Snapshots snapshots;

    ThingMemory(
            Things things,
            Registrar registrar,
            Lifecycle lifecycle,
            RecordReads reads,
            Records records,
            Snapshots snapshots) {
        this.things = things;
        this.registrar = registrar;
        this.lifecycle = lifecycle;
        this.reads = reads;
        this.records = records;
        this.snapshots = snapshots;
    }

    @Override
    public long loadSnapshot() {
        registrar.load();
        lifecycle.load();
        return snapshots.read(SNAPSHOT, this::remember).orElse(0);
    }

    private void remember(Bytes part) {
        var buffer = ByteBuffer.wrap(part.unsafeArray());
        var numbers = new SequenceWindow.State(buffer.getLong(), buffer.getLong());
        var names = part.slice(16, part.length()).toUtf8().split(" ", 2);
        var did = DidKey.parse(names[0]);
        var thing = things.find(did);
        if (thing == null) return;
        thing.remember(new Thing.Used(names.length == 1 ? did : DidKey.parse(names[1]), numbers));
    }

    @Override
    public void restore(long index, Record.Kind kind, Instant time, Bytes details) {
        switch (kind) {
            case RECEIVED -> {
                if (!(SignedPack.decode(details) instanceof SignedPack pack)) return;
                var thing = things.find(pack.thing());
                // Already in the window if the snapshot is newer than this record.
                if (thing != null) thing.remember(pack.signer(), pack.sequence());
            }
            case REGISTERED, CLAIMED, MAPPED, PAUSED, ENDED ->
                    registrar.restore(kind, Details.parse(details));
            case RESUMED -> {
                registrar.restore(kind, Details.parse(details));
                lifecycle.restore(Details.parse(details));
            }
            case ROTATED, REVOKED, DEREGISTERED, TRANSFERRED ->
                    lifecycle.restore(Details.parse(details));
            default -> {}
        }
    }

    /// Once the storage has flushed, the windows keep the numbers of all records so far, and none that is not durable.
    /// No decision is between its record and the database when the records are counted.
    @Override
    public void saveSnapshot() {
        long next = registrar.settled(reads::size);
        records.flushed().join();
        var parts =
                things.all().stream()
                        .flatMap(thing -> used(thing).stream().map(used -> part(thing, used)))
                        .toList();
        snapshots.write(SNAPSHOT, next, parts.stream());
    }

    /// While the thing is held, none of its updates is between its record and its window.
    private static List<Thing.Used> used(Thing thing) {
        synchronized (thing) {
            return thing.used();
        }
    }

    private static Snapshots.Part part(Thing thing, Thing.Used used) {
        var did = thing.did();
        var names = used.signer().equals(did) ? did.value() : did + " " + used.signer();
        var utf8 = Bytes.utf8(names);
        var bytes =
                ByteBuffer.allocate(16 + utf8.length())
                        .putLong(used.numbers().highest())
                        .putLong(used.numbers().bitmap())
                        .put(utf8.unsafeArray())
                        .array();
        return new Snapshots.Part(thing.owner(), Bytes.unsafe(bytes));
    }
}
