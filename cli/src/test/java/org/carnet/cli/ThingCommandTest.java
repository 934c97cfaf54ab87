// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

class ThingCommandTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir Path home;

    @Test
    void createMakesAThingThatIsNamedByItsKey() throws IOException {
        var run =
                Run.carnet(
                        "thing",
                        "create",
                        watch(),
                        "--quantity",
                        "temperature=Cel",
                        "--text",
                        "mood");

        assertThat(run.exit()).isEqualTo(Exit.OK);
        var did = run.out().strip();
        assertThat(did).startsWith("did:key:z6Mk");
        assertThat(Files.readString(Path.of(watch(), "description.json")).replace(did, "DID"))
                .isEqualTo(Golden.text("description.json"));
    }

    @Test
    void createDoesNotReplaceAThing() {
        Run.carnet("thing", "create", watch());
        var again = Run.carnet("thing", "create", watch());

        assertThat(again.err()).isEqualTo("carnet: " + watch() + "/key.jwk exists already\n");
        assertThat(again.exit()).isEqualTo(Exit.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lamp | 2 | lamp is not PROPERTY=VALUE, such as lamp=true",
                "warmth=1:parsec | 2 | the unit \"parsec\" is not in the SenML registry",
                "lamp=true | 3 | nobody answers at that address: is the node up?",
            })
    void sendSaysInOneSentenceWhyItCannot(String reading, int exit, String sentence) {
        Run.carnet("thing", "create", watch());
        var run = Run.carnet("thing", "send", watch(), reading, "--to", "http://127.0.0.1:1");

        assertThat(run.err()).isEqualTo("carnet: " + sentence + "\n");
        assertThat(run.exit()).isEqualTo(exit);
    }

    @Test
    void aStreamThatCannotBeOpenedSaysWhy() {
        Run.carnet("thing", "create", watch());
        var run = Run.carnet("thing", "send", watch(), "lamp=true", "--to", "ws://127.0.0.1:1");

        assertThat(run.err())
                .isEqualTo(
                        "carnet: no stream to ws://127.0.0.1:1/updates/stream: nobody answers at"
                                + " that address: is the node up?\n");
        assertThat(run.exit()).isEqualTo(Exit.UNAVAILABLE);
    }

    @Test
    void registerWantsTheKeyOfAnAccount() {
        Run.carnet("thing", "create", watch());
        var run = Run.carnet("thing", "register", watch());

        assertThat(run.err())
                .isEqualTo(
                        "carnet: the node wants the key of an account: './carnet enrol' makes one,"
                                + " --as or CARNET_KEY names it\n");
        assertThat(run.exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void aReadingIsANumberWithItsUnitAFlagOrAText() {
        assertThat(ThingSend.reading("t=36.5:Cel", NOON))
                .isEqualTo(new Reading("t", NOON, new Value.Quantity(36.5), "Cel"));
        assertThat(ThingSend.reading("t=-1", NOON))
                .isEqualTo(new Reading("t", NOON, new Value.Quantity(-1), ""));
        assertThat(ThingSend.reading("t=true", NOON))
                .isEqualTo(new Reading("t", NOON, new Value.Flag(true), ""));
        assertThat(ThingSend.reading("t=a=b:c", NOON))
                .isEqualTo(new Reading("t", NOON, new Value.Text("a=b:c"), ""));
    }

    private String watch() {
        return home.resolve("watch").toString();
    }
}
