// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.MerkleHash;
import org.carnet.log.Proofs;
import org.carnet.log.SignedNote;
import org.carnet.log.VerifiedCheckpoint;
import org.carnet.node.points.RecordCopy;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads everything that a checkpoint covers, while the node works on, and makes whole again what has rotted on the disk.
///
/// A record is taken from another copy, once the tiles of this node prove that it is the one; its frame is then written
/// as it was. All else is derived from the records, and is written anew once these have the root that the log signed.
final class Scrubber {
    private static final int CHUNK = 1 << 18;

    private final Disk disk;
    private final DataDirectory directory;
    private final NavigableMap<Long, Segment> segments;
    private final TileStore tiles;
    private final Supplier<VerifiedCheckpoint> latest;
    private final Pace pace;

    /// Lets time pass, so that others get the disk.
    interface Pace {
        void read(long bytes) throws InterruptedException;
    }

    /// Something that was not as it was written.
    ///
    /// @param repaired what made it whole again; empty if nothing did
    record Damage(String place, String check, Optional<String> repaired) {}

    /// @param segments of the journal, by their first records, in order
    /// @param latest the newest checkpoint
    Scrubber(
            Disk disk,
            DataDirectory directory,
            NavigableMap<Long, Segment> segments,
            TileStore tiles,
            Supplier<VerifiedCheckpoint> latest,
            Pace pace) {
        this.disk = disk;
        this.directory = directory;
        this.segments = segments;
        this.tiles = tiles;
        this.latest = latest;
        this.pace = pace;
    }

    /// Reads everything once.
    ///
    /// @param copy has the records as well, maybe
    List<Damage> pass(RecordCopy copy) throws IOException, InterruptedException {
        var checkpoint = latest.get().checkpoint();
        var pass = new Pass(checkpoint, copy);
        for (var segment : List.copyOf(segments.values())) pass.read(segment);
        pass.finish();
        return pass.damages;
    }

    private final class Pass {
        private final Checkpoint checkpoint;
        private final RecordCopy copy;
        private final List<Damage> damages = new ArrayList<>();
        private final Tiling tiling = new Tiling();
        private final ScrubbedTiles derived = new ScrubbedTiles(disk, directory, tiles);

        /// Whether a record is lost, so that nothing can be said of what is derived from all.
        private boolean isTorn;

        Pass(Checkpoint checkpoint, RecordCopy copy) {
            this.checkpoint = checkpoint;
            this.copy = copy;
        }

        void read(Segment segment) throws IOException, InterruptedException {
            if (isTorn || segment.first() >= checkpoint.size()) return;
            var next = segments.higherKey(segment.first());
            boolean isFull = next != null && next <= checkpoint.size();
            long end = isFull ? next : checkpoint.size();
            restoreHead(segment);
            var offsets = new Offsets();
            long index = segment.first();
            while (index < end) {
                index = readFrom(segment, index, end, offsets);
                if (index == end) break;
                if (!repair(segment, index, offsets)) return;
                index++;
            }
            if (isFull) checkRest(segment, offsets);
        }

        private void restoreHead(Segment segment) throws IOException {
            var head = ByteBuffer.allocate(Segment.HEADER);
            try (var file = disk.open(segment.file())) {
                file.read(head, 0);
                if (Arrays.equals(head.array(), Segment.header(segment.first()))) return;
                file.write(ByteBuffer.wrap(Segment.header(segment.first())), 0);
                file.force();
            }
            damaged(place(segment), "it does not start as the segment it is named", "its name");
        }

        /// Takes records until one is not whole; the number of that one, or `end`.
        private long readFrom(Segment segment, long from, long end, Offsets offsets)
                throws IOException, InterruptedException {
            long index = from;
            try (var frames = segment.reader(offsets.end(), CHUNK)) {
                for (; index < end; index++) {
                    if (!(frames.next() instanceof Frame frame)) return index;
                    if (!isWhole(index, frame.record())) return index;
                    take(frame.record(), offsets);
                }
            }
            return index;
        }

        private static boolean isWhole(long index, SealedRecord record) {
            try {
                Vault.parsed(index, record);
                return true;
            } catch (LogDamaged damaged) {
                return false;
            }
        }

        private void take(SealedRecord record, Offsets offsets)
                throws IOException, InterruptedException {
            offsets.add(Frame.size(record));
            tiling.append(Bytes.unsafe(record.leaf()), derived);
            pace.read(Frame.size(record));
        }

        /// Puts the record into its place again, from the other copy.
        private boolean repair(Segment segment, long index, Offsets offsets)
                throws IOException, InterruptedException {
            var place = "record " + index + " in " + place(segment);
            var found = fromCopy(index);
            if (found == null) {
                damages.add(new Damage(place, "it is not a whole frame", Optional.empty()));
                isTorn = true;
                return false;
            }
            var frame = frame(segment, offsets.end(), found);
            try (var file = segment.open()) {
                file.write(frame, offsets.end());
                file.force();
            }
            damaged(place, "it is not a whole frame", copy.place());
            take(found, offsets);
            return true;
        }

        private @Nullable SealedRecord fromCopy(long index) {
            try {
                var held = Checkpoint.parse(SignedNote.parse(copy.checkpoint()).text()).size();
                if (index >= held) return null;
                var sealed = copy.read(index, held).getFirst();
                var record =
                        new SealedRecord(
                                sealed.leaf().unsafeArray(), sealed.details().unsafeArray());
                Vault.parsed(index, record);
                var proof = new Proofs(tiles, checkpoint.size()).inclusion(index);
                var leaf = MerkleHash.leaf(sealed.leaf());
                return proof.verifies(leaf, checkpoint.root()) ? record : null;
            } catch (IOException | IllegalArgumentException notThere) {
                return null;
            }
        }

        /// The frame as it was: its flags are those with which its checksum is right, or what is left of them.
        private ByteBuffer frame(Segment segment, long position, SealedRecord record)
                throws IOException {
            var old = ByteBuffer.allocate(Frame.HEADER);
            try (var file = disk.read(segment.file())) {
                file.read(old, position);
            }
            int left = old.getInt(0) ^ framed(0, record).getInt(0);
            int flags = (left & ~(Frame.COMMIT | Frame.MORE)) == 0 ? left : 0;
            for (int candidate :
                    new int[] {0, Frame.COMMIT, Frame.MORE, Frame.COMMIT | Frame.MORE}) {
                if (framed(candidate, record).getInt(4) == old.getInt(4)) flags = candidate;
            }
            return framed(flags, record);
        }

        private static ByteBuffer framed(int flags, SealedRecord record) {
            var frame = ByteBuffer.allocate(Frame.size(record));
            Frame.put(frame, flags, record);
            return frame.flip();
        }

        /// Of a full segment: that nothing follows its records, and that its index tells where they start.
        private void checkRest(Segment segment, Offsets offsets) throws IOException {
            boolean isZero;
            try (var rest =
                    new FrameReader(
                            disk.read(segment.file()), offsets.end(), size(segment), CHUNK)) {
                isZero = rest.restIsZero();
            }
            if (!isZero) {
                try (var file = segment.open()) {
                    Tail.zero(file, offsets.end(), file.size());
                    file.force();
                }
                damaged(place(segment), "what follows its records is not zero", "zeros");
            }
            var index = directory.index(segment.first());
            if (!disk.exists(index)) return;
            if (Arrays.equals(disk.content(index), segment.encoded(offsets))) return;
            segment.index(offsets);
            damaged(name(index), "it does not tell where the records start", "the records");
        }

        private long size(Segment segment) throws IOException {
            try (var file = disk.read(segment.file())) {
                return file.size();
            }
        }

        void finish() throws IOException {
            if (isTorn) return;
            tiling.cutEdge(derived);
            if (!tiling.root().equals(checkpoint.root())) {
                damages.add(
                        new Damage(
                                "journal",
                                "the records do not have the root that the log signed",
                                Optional.empty()));
                return;
            }
            for (var path : derived.mend()) {
                damaged(path, "it is not made of the records", "the records");
            }
            checkSnapshots();
        }

        /// A snapshot that is damaged goes: what it tells is in the records.
        private void checkSnapshots() throws IOException {
            for (var file : disk.list(directory.state())) {
                if (Disk.isTemporary(file) || isSnapshot(file)) continue;
                disk.delete(file);
                damaged(name(file), "it is no snapshot any more", "the records, at the next start");
            }
        }

        private boolean isSnapshot(Path file) throws IOException {
            try {
                SnapshotFile.parse(disk.content(file));
                return true;
            } catch (NoSuchFileException replaced) {
                return true;
            } catch (IllegalArgumentException damaged) {
                return false;
            }
        }

        private void damaged(String place, String check, String by) {
            damages.add(new Damage(place, check, Optional.of(by)));
        }

        private String place(Segment segment) {
            return name(segment.file());
        }

        private String name(Path file) {
            return directory.root().relativize(file).toString();
        }
    }
}
