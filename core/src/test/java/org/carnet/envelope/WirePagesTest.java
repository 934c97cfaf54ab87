// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The bytes that the pages of `docs/wire` show are the ones we write, and every reason has its page.
class WirePagesTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30.123Z");
    private static final SigningKey THING =
            SigningKey.of(Algorithm.ED25519, Bytes.hex("11".repeat(32)));
    private static final SigningKey OTHER =
            SigningKey.of(Algorithm.P256, Bytes.hex("22".repeat(32)));
    private static final List<Reading> READINGS =
            List.of(
                    new Reading("acceleration-x", NOW, new Value.Quantity(-9.8), "m/s2"),
                    new Reading("activity", NOW.plusMillis(10), new Value.Text("WALKING"), ""));

    @Test
    void theUpdatesAreReal() throws IOException {
        var page = page("wire/envelope.md");
        assertThat(page).contains("\n" + signed(Form.JWS_SENML_JSON).toUtf8() + "\n");
        assertThat(hexIn(page)).contains(signed(Form.COSE_SENML_CBOR).toHex());
        var byGateway = Signer.sign(OTHER, Form.JWS_SENML_JSON, THING.did(), 42, NOW, READINGS);
        var header = byGateway.toUtf8().substring(0, byGateway.toUtf8().indexOf('.'));
        assertThat(page).contains("\n" + Bytes.base64Url(header).toUtf8() + "\n");
    }

    @Test
    void theKeysAndTheProofAreReal() throws IOException {
        var keys = page("wire/did-key.md");
        assertThat(keys).contains(THING.did().value(), OTHER.did().value());
        assertThat(keys).contains("ed01 " + THING.did().publicKey().toHex());
        assertThat(keys).contains("8024 " + OTHER.did().publicKey().toHex());
        var file = keys.substring(keys.indexOf("{\"crv\""), keys.indexOf('}') + 1);
        assertThat(KeyFile.read(file).did()).isEqualTo(THING.did());
        assertThat(page("wire/gateway-proof.md"))
                .contains(GatewayProof.create(THING, OTHER.did().value(), NOW, "kq3Yx0"));
    }

    @Test
    void theStatementOfAKeyIsReal() throws IOException {
        var next = SigningKey.of(Algorithm.ED25519, Bytes.hex("22".repeat(32)));
        assertThat(page("wire/thing-keys.md"))
                .contains(
                        "\n"
                                + KeyStatement.create(next, THING.did(), next.did(), "agora", NOW)
                                + "\n");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasItsPage(Reason reason) throws IOException {
        assertThat(page("problems/" + reason.slug() + ".md"))
                .startsWith("# " + reason.title() + "\n\nStatus " + reason.status() + ". ");
    }

    private static Bytes signed(Form form) {
        return Signer.sign(THING, form, THING.did(), 42, NOW, READINGS);
    }

    /// The bytes of an annotated dump: what stands before two blanks, or takes the whole line.
    private static String hexIn(String page) {
        return page.lines()
                .map(line -> line.strip().split(" {2,}")[0])
                .filter(line -> line.matches("[0-9a-f ]+"))
                .flatMap(line -> Stream.of(line.split(" ")))
                .collect(Collectors.joining());
    }

    private static String page(String name) throws IOException {
        return Files.readString(DOCS.resolve(name));
    }
}
