// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.client.Ack;
import org.carnet.client.Carrier;
import org.carnet.client.MqttCarrier;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;

/// The other process of a benchmark: it signs its updates, sends them over one carrier, and prints how it went.
@Command(name = "client", hidden = true, description = "The sending process of a benchmark.")
final class CarrierClient implements Callable<Integer> {
    private static final int WARM_UP = 30_000;
    private static final int REQUESTS = 64;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--node", required = true)
    private URI node = URI.create("");

    @Option(names = "--mqtt")
    private int mqtt;

    @Option(names = "--carrier", required = true)
    private String carrier = "";

    @Option(names = "--things", required = true)
    private int things;

    @Option(names = "--seconds", required = true)
    private double seconds;

    private @Nullable NodeClient client;

    /// Prints one line of JSON for the run at full speed and one for the run at half of that.
    @Override
    public Integer call() throws IOException, InterruptedException {
        var workload = new Workload(Ingest.SEED, things);
        var carriers = new ArrayList<Carrier>();
        for (int i = 0; i < connections(); i++) carriers.add(open(i));
        var path = path(new LinkedBlockingQueue<>(carriers));
        var load = new Load(worker -> path, Ingest.WORKERS, inFlight());
        var clock = InstantSource.system();
        // The first runs warm both processes up; their rate tells how many updates the timed run
        // needs.
        load.fullSpeed(workload.sign(WARM_UP, clock.instant()));
        var warm = load.fullSpeed(workload.sign(WARM_UP, clock.instant()));
        int count = (int) Math.max(2000, warm.perSecond() * seconds);
        var full = load.fullSpeed(workload.sign(count, clock.instant()));
        var half =
                load.atRate(
                        workload.sign(
                                (int) Math.max(1000, full.perSecond() / 2 * seconds),
                                clock.instant()),
                        full.perSecond() / 2);
        var out = spec.commandLine().getOut();
        out.println(JsonMapper.shared().writeValueAsString(full));
        out.println(JsonMapper.shared().writeValueAsString(half));
        out.flush();
        for (var open : carriers) open.close();
        return 0;
    }

    private Carrier open(int number) throws IOException {
        return switch (carrier) {
            case "webSocket" -> node().stream(inFlight());
            case "http" -> node().posts();
            case "mqtt" ->
                    MqttCarrier.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), mqtt),
                            Optional.empty(),
                            "bench-" + number);
            default -> throw new IllegalArgumentException("no carrier is called " + carrier);
        };
    }

    /// One client for all requests, since it keeps their connections.
    private NodeClient node() {
        if (client == null) client = NodeClient.open(node, Trust.usual());
        return client;
    }

    /// HTTP answers one update before it takes the next, so it needs a connection for each in flight; streams do not.
    private int connections() {
        return carrier.equals("http") ? REQUESTS : Ingest.WORKERS;
    }

    private int inFlight() {
        return carrier.equals("http") ? REQUESTS : 1024;
    }

    /// A request's carrier comes back with its answer, a stream's at once.
    private Load.Path path(BlockingQueue<Carrier> carriers) {
        boolean busyUntilAnswered = carrier.equals("http");
        return (update, answered) -> {
            var free = carriers.remove();
            var answer = free.send(update);
            if (!busyUntilAnswered) carriers.add(free);
            answer.whenComplete(
                    (ack, failure) -> {
                        if (busyUntilAnswered) carriers.add(free);
                        answered.durable(ack instanceof Ack.Durable);
                    });
        };
    }
}
