// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.Carnet;
import org.carnet.envelope.Form;
import org.carnet.node.Node;
import org.carnet.node.storage.LogVerdict;
import org.carnet.node.storage.LogVerification;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A whole node, database and all, on a real file system that takes no writes any more.
///
/// Where nobody may mount one this test is reported as skipped.
final class ReadOnlyDiskTest {
    private static final int MEBIBYTES = 256;

    @TempDir Path home;

    @Test
    void noNodeStartsOnItAndTheLogIsVerifiedAndEverythingGoesOnWhenItIsWritable() throws Exception {
        try (var disk =
                SmallDisk.mount(home.resolve("disk"), MEBIBYTES)
                        .orElseGet(() -> Assumptions.abort("mounting needs root"))) {
            var data = disk.root().resolve("agora");
            var settings =
                    Map.of("data.directory", data.toString(), "storage.segment-bytes", "1048576");
            try (var agora = Metaverse.start(home, settings);
                    var stream = agora.operator.stream(1)) {
                stream.send(agora.pack(Form.COSE_SENML_CBOR, 1)).get(20, TimeUnit.SECONDS);
            }
            disk.writable(false);
            var config = home.resolve("agora.properties");
            Files.writeString(config, "name=agora\nhttp.port=0\ndata.directory=" + data + "\n");
            var said = new StringWriter();
            int exit =
                    new CommandLine(new Carnet())
                            .setOut(new PrintWriter(said, true))
                            .setErr(new PrintWriter(said, true))
                            .execute("up", "--config", config.toString());
            assertThat(exit).as(said.toString()).isNotZero();
            assertThat(said.toString()).containsIgnoringCase("read-only");
            assertThat(LogVerification.plain().directory(data))
                    .isInstanceOf(LogVerdict.Verified.class);

            disk.writable(true);
            try (var again = Node.start(Metaverse.settings(home, settings));
                    var operator = Metaverse.operator(again, home.resolve("operator.key"))) {
                assertThat(operator.get("api/records?kind=received").path("records")).hasSize(1);
            }
        }
    }
}
