// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.Ack;
import org.carnet.client.Thing;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/// Sends one signed pack.
@Command(
        name = "send",
        description = "Signs readings as one pack and sends it.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ThingSend implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "DIRECTORY", description = "Where the thing lives.")
    private Path directory = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PROPERTY=VALUE[:UNIT]",
            description = "A number with its unit, true, false, or a text.")
    private List<String> readings = List.of();

    @Mixin private CarrierOptions to = new CarrierOptions();

    @Override
    public Integer call() throws IOException {
        var now = Instant.now();
        var read = readings.stream().map(text -> reading(text, now)).toList();
        try (var thing = Thing.open(directory);
                var carrier = to.open(thing)) {
            return tell(carrier.send(thing.sign(to.form(), now, read)).join());
        }
    }

    private int tell(Ack ack) {
        return switch (ack) {
            case Ack.Durable(long record) -> {
                var where = record == Ack.Durable.UNNUMBERED ? "" : " as record " + record;
                spec.commandLine().getOut().println("durable" + where);
                yield Exit.OK;
            }
            case Ack.Refused(String reason, String detail) ->
                    throw new CommandFailed(Exit.REFUSED, "refused: " + reason + ": " + detail);
        };
    }

    static Reading reading(String text, Instant time) {
        var equals = text.indexOf('=');
        if (equals < 1) {
            throw new CommandFailed(Exit.USAGE, text + " is not PROPERTY=VALUE, such as lamp=true");
        }
        var property = text.substring(0, equals);
        var given = text.substring(equals + 1);
        if (given.equals("true") || given.equals("false")) {
            return new Reading(property, time, new Value.Flag(given.equals("true")), "");
        }
        var colon = given.indexOf(':');
        var number = colon < 0 ? given : given.substring(0, colon);
        var unit = colon < 0 ? "" : given.substring(colon + 1);
        try {
            return new Reading(
                    property, time, new Value.Quantity(Double.parseDouble(number)), unit);
        } catch (NumberFormatException notANumber) {
            return new Reading(property, time, new Value.Text(given), "");
        }
    }
}
