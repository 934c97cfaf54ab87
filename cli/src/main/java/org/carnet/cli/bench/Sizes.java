// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// What the size of a log costs: starting, growing by a checkpoint, proving; on logs that were generated.
final class Sizes {
    static final long[] RECORDS = {1_000_000, 10_000_000, 100_000_000};

    static final String GENERATED =
            "a log whose records are all copies of one: on disk are the signed checkpoint, the"
                + " right edge of the tree, the tiles on the way to the sampled records, and in the"
                + " journal those records and the ones behind the last full tile; the rest of the"
                + " journal and of its index are holes in files of full size, and the other tiles"
                + " are not there";

    private static final int NEW_RECORDS = 1000;

    private final int rounds;
    private final int samples;

    /// @param rounds checkpoints of which the median counts
    /// @param samples proofs of which the median counts
    Sizes(int rounds, int samples) {
        this.rounds = rounds;
        this.samples = samples;
    }

    void measure(ObjectNode report, Path directory) throws IOException {
        report.putObject("checkpoint").put("newRecords", NEW_RECORDS).putObject("millis");
        report.putObject("proof").putObject("micros");
        report.putObject("generated").put("what", GENERATED).put("samples", samples);
        // Once before, so that the smallest does not pay for what Java learns.
        one(report, directory.resolve("warm-up"), RECORDS[0]);
        for (long records : RECORDS) one(report, directory.resolve("" + records), records);
    }

    private void one(ObjectNode report, Path directory, long records) throws IOException {
        var chosen = sampled(records);
        var log = new BenchLog(directory);
        log.generate(records, chosen);
        long opened = System.nanoTime();
        try (var ledger = log.open()) {
            put(report, "start", "millis", records, millis(System.nanoTime() - opened));
            long heap = Processor.usedHeap();
            var published = new long[rounds];
            for (int i = 0; i < rounds; i++) {
                log.append(ledger, NEW_RECORDS);
                long start = System.nanoTime();
                ledger.coveringCheckpoint();
                published[i] = System.nanoTime() - start;
            }
            put(report, "checkpoint", "millis", records, millis(median(published)));
            var proven = new long[samples];
            var lengths = new long[samples];
            for (int i = 0; i < samples; i++) {
                long start = System.nanoTime();
                var proof = ledger.prove(chosen.get(i));
                proven[i] = System.nanoTime() - start;
                lengths[i] = proof.encode().length();
            }
            put(report, "proof", "micros", records, median(proven) / 1e3);
            put(report, "proof", "bytes", records, (double) median(lengths));
            put(report, "memory", "heapBytes", records, (double) heap);
        }
    }

    private static void put(
            ObjectNode report, String group, String figure, long records, double value) {
        report.withObject("/" + group + "/" + figure).put("" + records, value);
    }

    private List<Long> sampled(long records) {
        var random = new Random(Ingest.SEED);
        var chosen = new ArrayList<Long>();
        // Among the full tiles: what follows them is in the journal anyway.
        for (int i = 0; i < samples; i++) chosen.add(random.nextLong(records - records % 256));
        return chosen;
    }

    private static long median(long[] figures) {
        Arrays.sort(figures);
        return figures[figures.length / 2];
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
