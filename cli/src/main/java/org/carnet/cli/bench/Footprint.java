// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.node.files.DirectoryTree;
import org.carnet.node.storage.Ledger;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What records leave on disk and in memory, and how long a start takes with them; on a log that was really filled.
final class Footprint {
    private static final int PARTS = 4;

    private final Path directory;
    private final int records;

    Footprint(Path directory, int records) {
        this.directory = directory;
        this.records = records;
    }

    void measure(ObjectNode report) throws IOException, InterruptedException {
        var log = new BenchLog(directory);
        var heap = report.withObject("/memory").putObject("heapBytesWhileFilled");
        long journal;
        try (var ledger = log.open()) {
            for (int part = 1; part <= PARTS; part++) {
                log.append(ledger, records / PARTS);
                ledger.coveringCheckpoint();
                heap.put("" + ledger.size(), Processor.usedHeap());
            }
            journal = ledger.stats().bytes();
        }
        tellBytes(report, journal);
        var recovery = report.putObject("recovery").put("records", records);
        recovery.put("startMillis", timed(() -> log.open().close()));
        deleteTree();
        recovery.put("withoutTreeMillisPerMillion", perMillion(timed(() -> log.open().close())));
        try (var ledger = log.open()) {
            recovery.put("readAllMillisPerMillion", perMillion(timed(() -> readAll(ledger))));
        }
    }

    /// Zeros that wait for records are no part of a record: there are at most two segments of them, whatever the log holds.
    private void tellBytes(ObjectNode report, long frames) throws IOException {
        long indexes = bytes(directory.resolve("journal"), ".index");
        long bundles = bytes(directory.resolve("tile/entries"), "");
        long tiles = bytes(directory.resolve("tile"), "") - bundles;
        long payload = (long) records * BenchLog.PAYLOAD;
        report.put("bytesPerRecord", perRecord(frames - payload + indexes + bundles + tiles))
                .putObject("bytesPerRecordIn")
                .put("journal", perRecord(frames - payload))
                .put("index", perRecord(indexes))
                .put("bundles", perRecord(bundles))
                .put("tiles", perRecord(tiles));
        report.put("payloadBytes", BenchLog.PAYLOAD);
    }

    private double perRecord(long bytes) {
        return Math.round(10.0 * bytes / records) / 10.0;
    }

    private double perMillion(double millis) {
        return Math.round(millis * 1e6 / records);
    }

    private static long bytes(Path directory, String ending) throws IOException {
        long bytes = 0;
        try (var files = Files.walk(directory)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (file.toString().endsWith(ending)) bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private void deleteTree() throws IOException {
        Files.delete(directory.resolve("checkpoint"));
        DirectoryTree.delete(directory.resolve("tile"));
    }

    private void readAll(Ledger ledger) throws IOException, InterruptedException {
        try (var follower = ledger.follow(0)) {
            while (follower.index() < ledger.size()) {
                if (follower.next(Duration.ZERO).orElseThrow().details().isEmpty())
                    throw new IllegalStateException("a record does not open");
            }
        }
    }

    private interface Act {
        void run() throws IOException, InterruptedException;
    }

    private static double timed(Act act) throws IOException, InterruptedException {
        long start = System.nanoTime();
        act.run();
        return Math.round((System.nanoTime() - start) / 1e6);
    }
}
