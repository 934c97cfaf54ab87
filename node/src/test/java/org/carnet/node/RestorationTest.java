// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.log.Record;
import org.carnet.node.backup.SmallLog;
import org.carnet.node.points.Restorable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

class RestorationTest {
    private static final int MORE_THAN_ANYBODY_READS_TWICE = 20_001;

    @TempDir Path directory;

    /// Remembers nothing but what it was asked.
    private static final class Agent implements Restorable {
        final AtomicLong restored = new AtomicLong();
        final CountDownLatch saved = new CountDownLatch(1);

        @Override
        public long loadSnapshot() {
            return 0;
        }

        @Override
        public void restore(long index, Record.Kind kind, Instant time, Bytes details) {
            restored.incrementAndGet();
        }

        @Override
        public void saveSnapshot() {
            saved.countDown();
        }
    }

    @Test
    void aNodeThatHadToReadMuchSavesAtOnceSoThatItsNextDeathCostsLess() throws Exception {
        try (var log = new SmallLog(directory)) {
            log.append(MORE_THAN_ANYBODY_READS_TWICE, 10);
            var agent = new Agent();
            var restoration = new Restoration(List.of(agent), log.agent, log.agent);
            restoration.start();
            assertThat(agent.saved.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(agent.restored).hasValue(MORE_THAN_ANYBODY_READS_TWICE);
            restoration.stop();
        }
    }

    @Test
    void aNodeThatHadToReadLittleSavesWhenItStops() throws Exception {
        try (var log = new SmallLog(directory)) {
            log.append(10, 10);
            var agent = new Agent();
            var restoration = new Restoration(List.of(agent), log.agent, log.agent);
            restoration.start();
            assertThat(agent.saved.getCount()).isEqualTo(1);
            restoration.stop();
            assertThat(agent.saved.getCount()).isZero();
        }
    }
}
