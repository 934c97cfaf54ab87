// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Clients that each wait for their answer before they ask again, as those of a database do.
final class ClosedLoop {
    /// One request, which is answered when this returns; false when there are none left.
    interface Client {
        boolean request() throws Exception;
    }

    /// @param cpuMicros processor time that this process spent for each request
    record Result(double perSecond, double cpuMicros, Latencies.Figures ackMillis) {}

    private ClosedLoop() {}

    /// Each client asks in a thread of its own for so long: a virtual one, like those that answer requests in a node.
    static Result run(List<? extends Client> clients, double seconds)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        var latencies = new Latencies((int) (200_000 * seconds));
        var work = new ArrayList<Callable<Long>>();
        for (var client : clients) work.add(() -> requests(client, end, latencies));
        long before = Processor.nanos();
        long requests = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(work)) requests += answer.get();
        } catch (ExecutionException failure) {
            throw new IOException("a client was not answered", failure.getCause());
        }
        double took = (System.nanoTime() - start) / 1e9;
        return new Result(
                Math.round(requests / took),
                Processor.micros(before, (double) requests),
                latencies.figures());
    }

    private static long requests(Client client, long end, Latencies latencies) throws Exception {
        long requests = 0;
        for (long sent = System.nanoTime(); sent < end; requests++) {
            if (!client.request()) break;
            long answered = System.nanoTime();
            latencies.add(answered - sent);
            sent = answered;
        }
        return requests;
    }
}
