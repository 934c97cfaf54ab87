// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.node.storage.LogVerdict;
import org.carnet.node.storage.LogVerification;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Flips single bytes in a copy of a log, each time asking whether the verification notices.
///
/// @param findings what the verification said about each byte that it noticed
record Tampering(int tried, List<String> findings) {
    private static final List<String> LOG = List.of("checkpoint", "log.vkey", "tile", "journal");
    private static final int COPIES = 40;
    private static final int IN_JOURNAL = 6;
    private static final int IN_OTHERS = 6;

    /// Every record takes more bytes of the journal than its leaf has.
    private static final int LEAST_PER_RECORD = 75;

    /// One byte of one file.
    private record Spot(Path file, long offset) {}

    int caught() {
        return findings.size();
    }

    /// @param log data directory of a node, which may be running
    /// @param copy made here and removed again
    static Tampering with(Path log, Path copy, RandomGenerator random)
            throws IOException, InterruptedException {
        try {
            var findings = new ArrayList<String>();
            var spots = spots(copy, intact(log, copy), random);
            for (var spot : spots) {
                flip(spot);
                if (LogVerification.plain().directory(copy) instanceof LogVerdict.Failed failed) {
                    findings.add(failed.place() + ": " + failed.check());
                }
                flip(spot);
            }
            return new Tampering(spots.size(), findings);
        } finally {
            Workshop.remove(copy);
        }
    }

    /// Copies until the copy verifies: the node goes on writing while it is copied.
    private static LogVerdict.Verified intact(Path log, Path copy)
            throws IOException, InterruptedException {
        var last = "";
        for (int i = 0; i < COPIES; i++) {
            Workshop.remove(copy);
            try {
                Files.createDirectories(copy);
                for (var part : LOG) copy(log.resolve(part), copy.resolve(part));
                switch (LogVerification.plain().directory(copy)) {
                    case LogVerdict.Verified verified
                            when verified.checkpoint().checkpoint().size() > 0 -> {
                        return verified;
                    }
                    case LogVerdict.Verified empty -> last = "it is empty";
                    case LogVerdict.Failed failed -> last = failed.place() + ": " + failed.check();
                }
            } catch (NoSuchFileException replacedMeanwhile) {
                last = replacedMeanwhile.getMessage() + " went away";
            }
            Thread.sleep(100);
        }
        throw new IOException("no copy of " + log + " verifies: " + last);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target);
            }
        }
    }

    private static List<Spot> spots(Path copy, LogVerdict.Verified log, RandomGenerator random)
            throws IOException {
        var spots = new ArrayList<Spot>();
        var size = log.checkpoint().checkpoint().size();
        var segment = copy.resolve("journal").resolve("%016x.segment".formatted(0));
        var written = Math.min(size * LEAST_PER_RECORD, Files.size(segment));
        for (int i = 0; i < IN_JOURNAL; i++) spots.add(new Spot(segment, random.nextLong(written)));
        spots.add(anywhere(copy.resolve("checkpoint"), random));
        var tiles = new ArrayList<Path>();
        try (var files = Files.walk(copy.resolve("tile"))) {
            files.filter(Files::isRegularFile).sorted().forEach(tiles::add);
        }
        while (spots.size() < IN_JOURNAL + IN_OTHERS && !tiles.isEmpty()) {
            spots.add(anywhere(tiles.remove(random.nextInt(tiles.size())), random));
        }
        return spots;
    }

    private static Spot anywhere(Path file, RandomGenerator random) throws IOException {
        return new Spot(file, random.nextLong(Files.size(file)));
    }

    private static void flip(Spot spot) throws IOException {
        try (var file = new RandomAccessFile(spot.file().toFile(), "rw")) {
            file.seek(spot.offset());
            var old = file.read();
            file.seek(spot.offset());
            file.write(old ^ 1);
        }
    }
}
