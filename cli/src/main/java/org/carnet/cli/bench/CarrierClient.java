// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.client.Ack;
import org.carnet.client.Carrier;
import org.carnet.client.MqttCarrier;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;

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
import java.util.concurrent.Callable;

/// The other process of a benchmark: it signs its updates, sends them over one carrier, and prints how it went.
@Command(name = "client", hidden = true, description = "The sending process of a benchmark.")
final class CarrierClient implements Callable<Integer> {
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

    /// Prints one line of JSON for the run at full speed and one for the run at half of that.
    @Override
    public Integer call() throws IOException, InterruptedException {
        var workload = new Workload(Ingest.SEED, things);
        var carriers = new ArrayList<Carrier>();
        for (int i = 0; i < Ingest.WORKERS; i++) carriers.add(open(i));
        var load = new Load(worker -> path(carriers.get(worker)), Ingest.WORKERS, inFlight());
        var clock = InstantSource.system();
        // The first run also warms both processes up; its rate tells how many updates the timed run
        // needs.
        var warm = load.fullSpeed(workload.sign(20_000, clock.instant()));
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
            case "webSocket" -> NodeClient.open(node, Trust.usual()).stream(inFlight());
            case "http" -> NodeClient.open(node, Trust.usual()).posts();
            case "mqtt" ->
                    MqttCarrier.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), mqtt),
                            Optional.empty(),
                            "bench-" + number);
            default -> throw new IllegalArgumentException("no carrier is called " + carrier);
        };
    }

    /// HTTP answers one update for each connection, the streams many.
    private int inFlight() {
        return carrier.equals("http") ? 64 : 1024;
    }

    private static Load.Path path(Carrier carrier) {
        return (update, answered) ->
                carrier.send(update)
                        .whenComplete(
                                (answer, failure) ->
                                        answered.durable(answer instanceof Ack.Durable));
    }
}
