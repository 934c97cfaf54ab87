// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.Recording;
import org.carnet.client.Replay;
import org.carnet.client.Tally;
import org.carnet.client.Thing;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/// Plays a recording of a real watch through the thing.
@Command(
        name = "replay",
        description = "Sends the recorded movement of a real watch, ten signed packs a second.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ThingReplay implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIRECTORY", description = "Where the thing lives.")
    private Path directory = Path.of("");

    @Mixin private CarrierOptions to = new CarrierOptions();

    @Option(
            names = "--person",
            paramLabel = "NAME",
            defaultValue = "s02",
            description = "Whose movement, one of s02, s04 to s20 (default: ${DEFAULT-VALUE}).")
    private String person = "";

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "For how long (default: as long as the recording).")
    private @Nullable Integer seconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var recording = Recording.of(person);
        var length = seconds == null ? recording.length() : Duration.ofSeconds(seconds);
        var tally = new Tally();
        try (var thing = Thing.open(directory);
                var carrier = to.open(thing)) {
            new Replay(thing, to.form(), carrier, InstantSource.system(), tally)
                    .play(recording, length, reading -> true);
        }
        spec.commandLine().getOut().println(tally.sentence());
        return tally.acknowledged() == tally.sent() ? Exit.OK : Exit.REFUSED;
    }
}
