// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class NodeKeysTest {
    @TempDir Path data;

    private NodeKeys open() throws IOException {
        return NodeKeys.open(data, new SecureRandom());
    }

    private Path file() {
        return data.resolve("keys/node.key");
    }

    @Test
    void aNodeKeepsTheKeysOfItsFirstStart() throws IOException {
        var first = open();
        var second = open();
        assertThat(second.node().did()).isEqualTo(first.node().did());
        assertThat(second.log().did()).isEqualTo(first.log().did());
        assertThat(second.wrap()).isEqualTo(first.wrap());
        assertThat(first.node().did()).isNotEqualTo(first.log().did());
        assertThat(second.cosign()).isEqualTo(first.cosign()).isNotEqualTo(first.wrap());
        assertThat(second.signer("carnet.local/agora").verifier())
                .isEqualTo(first.signer("carnet.local/agora").verifier());
    }

    @Test
    void nobodyButTheNodesUserCanReadThem() throws IOException {
        open();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void keysThatOthersCanReadAreNotUsed() throws IOException {
        open();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "%s is open to others (rw-r-----): let only its owner read it, as with"
                                + " chmod 600",
                        file());
    }

    @ParameterizedTest
    @CsvSource({
        "'{', it is not JSON",
        "'[]', 'its members are not node, log, wrap and cosign'",
        "'{\"node\": {}, \"log\": {}}', 'its members are not node, log, wrap and cosign'",
        "'{\"node\": {}, \"log\": {}, \"wrap\": \"\", \"wrap\": \"\"}', it is not JSON",
        "'{\"node\": {}, \"log\": {}, \"wrap\": \"\"}', the key file is not a private JWK",
        "'{\"node\": NODE, \"log\": NODE, \"wrap\": 7, \"cosign\": \"\"}', wrap is not a string",
        "'{\"node\": NODE, \"log\": NODE, \"wrap\": \"\", \"cosign\": 7}', cosign is not a string",
        "'{\"node\": NODE, \"log\": NODE, \"wrap\": \"\", \"cosign\": \"\"}', the wrapping key has"
                + " 32"
    })
    void aFileThatIsNotOfANodeIsNamedAndSaysWhy(String content, String why) throws IOException {
        var node = KeyFile.write(open().node());
        Files.writeString(file(), content.replace("NODE", node));
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file() + " is not the key file of a node: " + why);
    }

    @Test
    void aFileOfAnEarlierVersionGetsTheSecretOfItsCosigners() throws IOException {
        var first = open();
        var text = Files.readString(file());
        Files.writeString(file(), text.replaceFirst(",\\s*\"cosign\" : \"[^\"]*\"", ""));
        assertThat(Files.readString(file())).doesNotContain("cosign");
        var second = open();
        assertThat(second.log().did()).isEqualTo(first.log().did());
        assertThat(second.wrap()).isEqualTo(first.wrap());
        assertThat(open().cosign()).isEqualTo(second.cosign()).isNotEqualTo(first.cosign());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void everyCosignerHasItsOwnKeys() throws IOException {
        var keys = open();
        var vkeys =
                Stream.of("carnet.local/agora", "carnet.local/agora/witness")
                        .flatMap(name -> keys.cosigner(name).verifiers().stream())
                        .map(verifier -> verifier.publicKey().toHex());
        assertThat(vkeys).hasSize(4).doesNotHaveDuplicates();
    }

    /// RFC 5869 by HMAC alone, so that another language derives the same keys from the same file.
    @Test
    void theKeysOfACosignerAreDerivedAsThePageSays() throws Exception {
        var keys = open();
        var extract = hmac(new byte[32], keys.cosign().toArray());
        var info = Bytes.utf8("carnet.local/agora/witness\ned25519").toArray();
        var seed =
                Bytes.unsafe(
                        hmac(
                                extract,
                                ByteBuffer.allocate(info.length + 1)
                                        .put(info)
                                        .put((byte) 1)
                                        .array()));
        assertThat(keys.cosigner("carnet.local/agora/witness").verifiers().getFirst().publicKey())
                .isEqualTo(SigningKey.of(Algorithm.ED25519, seed).did().publicKey());
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    @Test
    void secretsAreInNoText() throws IOException {
        var keys = open();
        assertThat(keys.toString())
                .doesNotContain(
                        keys.wrap().toBase64Url(),
                        keys.cosign().toBase64Url(),
                        keys.log().secret().toBase64Url());
    }
}
