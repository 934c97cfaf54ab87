// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A disk in memory that fills up, fails, and forgets at a power cut what was not forced.
///
/// What was written since the last force survives sector by sector, or not, as chance wills, so also in another order;
/// the names in a directory survive in their order, up to one of them.
final class SimulatedDisk implements Disk {
    private static final int SECTOR = 512;

    private final Map<Path, Content> names = new TreeMap<>();
    private final Map<Path, Content> durableNames = new HashMap<>();
    private final Map<Path, List<Path>> unforcedNames = new LinkedHashMap<>();
    private final Set<Path> locked = new HashSet<>();
    private long capacity = Long.MAX_VALUE;
    private long operationsLeft = Long.MAX_VALUE;
    private double torn;
    private boolean writesFail;
    private boolean forcesFail;
    private boolean off;

    private static final class Content {
        private byte[] now = {};
        private byte[] durable = {};
        private final BitSet unforced = new BitSet();
    }

    /// The disk has room for so many bytes in all.
    synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    /// The power goes at the operation after so many more that change the disk.
    ///
    /// @param torn which part of that operation is still done, 0 to 1, if it is a write
    synchronized void cutPowerAfter(long operations, double torn) {
        operationsLeft = operations;
        this.torn = torn;
    }

    synchronized void failWrites(boolean fail) {
        writesFail = fail;
    }

    synchronized void failForces(boolean fail) {
        forcesFail = fail;
    }

    synchronized long used() {
        return names.values().stream().mapToLong(content -> content.now.length).sum();
    }

    /// What a machine finds on this disk after a power cut.
    synchronized SimulatedDisk afterPowerCut(RandomGenerator random) {
        var after = new SimulatedDisk();
        unforcedNames.forEach(
                (directory, changes) ->
                        changes.subList(0, random.nextInt(changes.size() + 1))
                                .forEach(this::makeDurable));
        durableNames.forEach((name, content) -> after.put(name, survivor(content, random)));
        return after;
    }

    private void makeDurable(Path name) {
        var content = names.get(name);
        if (content == null) durableNames.remove(name);
        else durableNames.put(name, content);
    }

    private static byte[] survivor(Content content, RandomGenerator random) {
        boolean grown = content.now.length > content.durable.length && random.nextBoolean();
        var survivor =
                Arrays.copyOf(content.durable, (grown ? content.now : content.durable).length);
        content.unforced.stream()
                .filter(sector -> random.nextBoolean())
                .forEach(
                        sector -> {
                            int from = sector * SECTOR;
                            int to =
                                    Math.min(
                                            from + SECTOR,
                                            Math.min(survivor.length, content.now.length));
                            if (from < to)
                                System.arraycopy(content.now, from, survivor, from, to - from);
                        });
        return survivor;
    }

    /// A file that was always there.
    synchronized void put(Path name, byte[] bytes) {
        var content = new Content();
        content.now = bytes;
        content.durable = bytes.clone();
        names.put(name, content);
        durableNames.put(name, content);
    }

    /// Writes everything to a directory of the real disk; names stay as they are, below it.
    synchronized void copyTo(Path directory, Path below) throws IOException {
        for (var name : names.keySet()) {
            var target = directory.resolve(below.relativize(name).toString());
            Files.createDirectories(Disk.directoryOf(target));
            Files.write(target, names.get(name).now);
        }
    }

    private void requirePower() throws IOException {
        if (off) throw new IOException("the power is off");
    }

    /// Counts an operation that changes the disk.
    private void change() throws IOException {
        requirePower();
        off = operationsLeft-- == 0;
        requirePower();
    }

    private void renamed(Path name) {
        unforcedNames
                .computeIfAbsent(Disk.directoryOf(name), directory -> new ArrayList<>())
                .add(name);
    }

    @Override
    public synchronized DiskFile open(Path file) throws IOException {
        requirePower();
        if (!names.containsKey(file)) {
            change();
            names.put(file, new Content());
            renamed(file);
        }
        return new SimulatedFile(names.get(file));
    }

    @Override
    public synchronized DiskFile read(Path file) throws IOException {
        requirePower();
        if (!names.containsKey(file)) throw new NoSuchFileException(file.toString());
        return new SimulatedFile(names.get(file));
    }

    @Override
    public synchronized boolean exists(Path file) {
        return names.keySet().stream().anyMatch(name -> name.startsWith(file));
    }

    @Override
    public synchronized List<Path> list(Path directory) {
        return names.keySet().stream().filter(name -> name.startsWith(directory)).toList();
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        change();
        var content = names.remove(from);
        if (content == null) throw new NoSuchFileException(from.toString());
        names.put(to, content);
        renamed(to);
        renamed(from);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        requirePower();
        if (!names.containsKey(file)) return;
        change();
        names.remove(file);
        renamed(file);
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        change();
        if (forcesFail) throw new IOException("the disk does not answer");
        var changes = unforcedNames.remove(directory);
        if (changes != null) changes.forEach(this::makeDurable);
    }

    @Override
    public synchronized long room(Path directory) {
        return capacity - used();
    }

    @Override
    public synchronized Optional<Closeable> lock(Path file) {
        return locked.add(file) ? Optional.of(() -> locked.remove(file)) : Optional.empty();
    }

    @Override
    public synchronized boolean isLocked(Path file) {
        return locked.contains(file);
    }

    private final class SimulatedFile implements DiskFile {
        private final Content content;

        private SimulatedFile(Content content) {
            this.content = content;
        }

        @Override
        public long size() {
            synchronized (SimulatedDisk.this) {
                return content.now.length;
            }
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                requirePower();
                int length = Math.clamp(content.now.length - position, 0, target.remaining());
                if (length > 0) target.put(content.now, (int) position, length);
            }
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                requirePower();
                if (writesFail) {
                    write(source, (int) position, source.remaining() / 2);
                    throw new IOException("the disk does not answer");
                }
                long room = capacity - used() + Math.max(0, content.now.length - position);
                if (room < source.remaining()) {
                    write(source, (int) position, (int) Math.max(0, room));
                    throw new DiskFull("no room");
                }
                if (operationsLeft == 0) {
                    write(source, (int) position, (int) (torn * source.remaining()));
                }
                change();
                write(source, (int) position, source.remaining());
            }
        }

        private void write(ByteBuffer source, int position, int length) {
            if (length == 0) return;
            int end = position + length;
            if (end > content.now.length) content.now = Arrays.copyOf(content.now, end);
            source.get(content.now, position, length);
            content.unforced.set(position / SECTOR, (end + SECTOR - 1) / SECTOR);
        }

        @Override
        public void force() throws IOException {
            synchronized (SimulatedDisk.this) {
                change();
                if (forcesFail) throw new IOException("the disk does not answer");
                content.durable = content.now.clone();
                content.unforced.clear();
            }
        }

        @Override
        public void close() {}
    }
}
