// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.client.Ack;
import org.carnet.client.Carrier;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.RecordFlow;
import org.carnet.node.points.RecordReads.Stored;
import org.carnet.node.points.Records;
import org.carnet.node.points.Snapshots;
import org.carnet.policy.Mapping;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Forwards what things sent to one other platform, in the order of the record and without losing any.
///
/// It follows the record, so what was acknowledged here reaches the other platform even if either of them dies in
/// between: after a start it goes on from the oldest update not yet answered. The other platform refuses as a replay
/// what it already has, which is as good as delivered. Each delivery is on the record.
final class Forwarder implements AutoCloseable {
    /// Opens a connection to the other platform.
    interface Connection extends AutoCloseable {
        Carrier open() throws IOException;

        @Override
        void close();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
    private static final int MOST_UNANSWERED = 512;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration KEEP_EVERY = Duration.ofSeconds(5);
    private static final Duration SETTLE_EVERY = Duration.ofMillis(20);

    /// Answers that may differ the next time; every other refusal is final.
    private static final Set<String> PASSING =
            Set.of("rate-limited", "storage-full", "unavailable");

    private final String platform;
    private final Departures departures;
    private final RecordFlow flow;
    private final Records records;
    private final Snapshots snapshots;
    private final Connection connection;
    private final String self;
    private final ArrayDeque<Sent> unanswered = new ArrayDeque<>();
    private @Nullable Carrier carrier;
    private @Nullable Thread thread;
    private long next;
    private long keptAt = System.nanoTime();

    /// One update on its way; sent again after the connection broke.
    private record Sent(long record, Mapping mapping, Bytes update, Future<Ack> answer) {}

    Forwarder(
            String platform,
            Departures departures,
            RecordFlow flow,
            Records records,
            Snapshots snapshots,
            Connection connection,
            String self) {
        this.platform = platform;
        this.departures = departures;
        this.flow = flow;
        this.records = records;
        this.snapshots = snapshots;
        this.connection = connection;
        this.self = self;
    }

    void start() {
        next = snapshots.read(snapshot(), nothing -> {}).orElse(0);
        thread = Thread.ofVirtual().name("forward-" + platform).start(this::run);
    }

    private String snapshot() {
        return "forward-" + platform;
    }

    /// Whatever goes wrong with one try, the next goes on where it stood: forwarding never ends by itself.
    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    followOn();
                } catch (RuntimeException e) {
                    LOG.error(
                            "forwarding to {} stumbled at record {}; going on", platform, next, e);
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void followOn() throws InterruptedException {
        try (var follower = flow.follow(next)) {
            while (!Thread.currentThread().isInterrupted()) {
                var stored = follower.next(unanswered.isEmpty() ? KEEP_EVERY : SETTLE_EVERY);
                if (stored.isPresent()) forward(stored.get());
                settle();
                while (unanswered.size() >= MOST_UNANSWERED) {
                    await(unanswered.getFirst().answer());
                    settle();
                }
                keepNowAndThen();
            }
        }
    }

    private void forward(Stored stored) throws InterruptedException {
        if (stored.record().kind() == Record.Kind.RECEIVED && stored.details().isPresent()) {
            var received = stored.details().get();
            for (var departure : departures.of(received, stored.record().time())) {
                send(stored.index(), departure.mapping(), departure.update());
            }
        }
        next = stored.index() + 1;
    }

    private void send(long record, Mapping mapping, Bytes update) throws InterruptedException {
        unanswered.addLast(new Sent(record, mapping, update, connected().send(update)));
    }

    private Carrier connected() throws InterruptedException {
        var open = carrier;
        while (open == null) {
            try {
                carrier = open = connection.open();
            } catch (IOException e) {
                Thread.sleep(PAUSE); // the other platform is away; what is owed to it waits in the
                // record
            }
        }
        return open;
    }

    private static void await(Future<?> answer) throws InterruptedException {
        try {
            answer.get();
        } catch (ExecutionException e) {
            // Whoever settles learns it.
        }
    }

    /// Puts what was answered on the record, together; starts again where the connection broke.
    private void settle() throws InterruptedException {
        var entries = new ArrayList<Entry>();
        var again = false;
        for (var sent : unanswered) {
            if (!sent.answer().isDone()) break;
            var entry =
                    sent.answer().state() == Future.State.SUCCESS
                            ? entry(sent, sent.answer().resultNow())
                            : null;
            if (entry == null) {
                again = true;
                break;
            }
            entries.add(entry);
        }
        if (!entries.isEmpty()) {
            try {
                records.append(entries).join();
                for (var ignored : entries) unanswered.removeFirst();
            } catch (CompletionException e) {
                again = true; // no room on the record: they are asked for once more when there is
            }
        }
        if (again) {
            Thread.sleep(PAUSE);
            sendAgain();
        }
    }

    /// What the answer means for the record; null if the same update may be answered otherwise later.
    private @Nullable Entry entry(Sent sent, Ack answer) {
        var details =
                Details.object()
                        .put("platform", platform)
                        .put("mapping", sent.mapping().id())
                        .put("received", sent.record());
        return switch (answer) {
            case Ack.Durable ignored -> entry(Record.Kind.DELIVERED, sent, details);
            case Ack.Refused refused when refused.reason().equals("replay") ->
                    entry(Record.Kind.DELIVERED, sent, details);
            case Ack.Refused refused when PASSING.contains(refused.reason()) -> null;
            case Ack.Refused refused ->
                    entry(
                            Record.Kind.REFUSED,
                            sent,
                            details.put("reason", refused.reason())
                                    .put("detail", refused.detail()));
        };
    }

    private Entry entry(Record.Kind kind, Sent sent, ObjectNode details) {
        var mapping = sent.mapping();
        return new Entry(
                kind, Assurance.NONE, mapping.owner(), self, mapping.avatar(), Details.of(details));
    }

    /// Sends everything unanswered once more, over a new connection, in the same order.
    private void sendAgain() throws InterruptedException {
        if (carrier != null) carrier.close();
        carrier = null;
        var again = List.copyOf(unanswered);
        unanswered.clear();
        for (var sent : again) send(sent.record(), sent.mapping(), sent.update());
    }

    /// Lets go of all updates on their way. Those of others are read from the record again, and refused by the other
    /// platform if it has them; what was forgotten cannot be read any more.
    void forget() {
        if (thread == null) return;
        close();
        unanswered.clear();
        departures.forget();
        carrier = null;
        start();
    }

    private void keepNowAndThen() {
        long now = System.nanoTime();
        if (now - keptAt < KEEP_EVERY.toNanos()) return;
        keptAt = now;
        keep();
    }

    /// Remembers where to go on after a start.
    private void keep() {
        snapshots.write(
                snapshot(),
                unanswered.isEmpty() ? next : unanswered.getFirst().record(),
                Stream.of());
    }

    @Override
    public void close() {
        if (thread == null) return;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keep();
        if (carrier != null) carrier.close();
        connection.close();
    }
}
