// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.node.points.SubjectForgotten;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What agents remember between starts, so that they need not read the whole journal again.
///
/// Every entry is sealed under its subject's key and is forgotten with it. A snapshot is derived: what one that is missing
/// or damaged told is read from the journal again.
public final class Snapshots {
    private final Disk disk;
    private final DataDirectory directory;
    private final SubjectKeys keys;
    private final Seal seal;

    public Snapshots(Path dataDirectory, SubjectKeys keys, SecureRandom random) {
        this(new RealDisk(), dataDirectory, keys, random);
    }

    Snapshots(Disk disk, Path dataDirectory, SubjectKeys keys, SecureRandom random) {
        this.disk = disk;
        this.directory = new DataDirectory(dataDirectory);
        this.keys = keys;
        this.seal = new Seal(random);
    }

    /// Something to remember about a subject.
    public record Memory(String subject, Bytes content) {}

    /// What there is to go on from.
    public sealed interface Found permits Snapshot, Nothing {}

    /// @param records the number of records of the log that it takes into account
    /// @param contents in the order they were written, without those whose subject's key was destroyed
    public record Snapshot(long records, List<Bytes> contents) implements Found {
        public Snapshot {
            contents = List.copyOf(contents);
        }
    }

    /// Nothing, and why in one clause.
    public record Nothing(String reason) implements Found {}

    /// Replaces the snapshot with this name; after a crash it is the old one or the new.
    ///
    /// @param name lower-case letters, digits and hyphens
    /// @param records the number of records of the log that it takes into account
    public synchronized void write(String name, long records, Stream<Memory> memories)
            throws IOException {
        var file = file(name);
        var fresh = Disk.temporary(file);
        var place = SnapshotFile.place(name, records);
        disk.delete(fresh);
        try (memories;
                var writer = new SnapshotFile.Writer(disk.open(fresh), records)) {
            for (Iterator<Memory> each = memories.iterator(); each.hasNext(); ) {
                var memory = each.next();
                try {
                    var key = keys.ofState(memory.subject());
                    writer.add(seal.seal(key, place, memory.content().unsafeArray()));
                } catch (SubjectForgotten | KeyDestroyed gone) {
                    // nothing is remembered of who is being forgotten
                }
            }
            writer.finish();
        } catch (IOException failure) {
            disk.delete(fresh);
            throw failure;
        }
        disk.rename(fresh, file);
        disk.forceDirectory(directory.state());
    }

    /// The snapshot with this name, if it is there and whole.
    public Found read(String name) throws IOException {
        var file = file(name);
        try {
            var snapshot = SnapshotFile.parse(disk.content(file));
            return new Snapshot(snapshot.records(), open(name, snapshot));
        } catch (NoSuchFileException absent) {
            return new Nothing("there is no snapshot " + name);
        } catch (IllegalArgumentException damaged) {
            return new Nothing("the snapshot " + name + " is damaged: " + damaged.getMessage());
        }
    }

    private List<Bytes> open(String name, SnapshotFile snapshot) {
        var place = SnapshotFile.place(name, snapshot.records());
        var contents = new ArrayList<Bytes>();
        for (var sealed : snapshot.sealed()) {
            var key = keys.byId(Seal.keyId(sealed));
            if (key.isEmpty()) continue;
            Optional<byte[]> content;
            try {
                content = seal.open(key.get(), place, sealed);
            } catch (KeyDestroyed meanwhile) {
                continue;
            }
            if (content.isEmpty()) throw new IllegalArgumentException("an entry does not open");
            contents.add(Bytes.unsafe(content.get()));
        }
        return contents;
    }

    /// Lets go of what memory still holds of destroyed keys.
    void forget() {
        seal.forget();
    }

    /// How many records every snapshot takes into account; 0 if there is none, or one that tells nothing.
    long covered() throws IOException {
        long least = Long.MAX_VALUE;
        for (var file : disk.list(directory.state())) {
            if (Disk.isTemporary(file)) continue;
            try {
                least = Math.min(least, SnapshotFile.parse(disk.content(file)).records());
            } catch (IllegalArgumentException damaged) {
                return 0;
            }
        }
        return least == Long.MAX_VALUE ? 0 : least;
    }

    private Path file(String name) {
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("a snapshot cannot be called '" + name + "'");
        }
        return directory.state().resolve(name);
    }
}
