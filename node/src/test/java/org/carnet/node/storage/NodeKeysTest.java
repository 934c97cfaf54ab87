// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

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
        assertThat(second.signer("carnet.local/agora").verifier().vkey())
                .isEqualTo(first.signer("carnet.local/agora").verifier().vkey());
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
        "'[]', 'its members are not node, log and wrap'",
        "'{\"node\": {}, \"log\": {}}', 'its members are not node, log and wrap'",
        "'{\"node\": {}, \"log\": {}, \"wrap\": \"\", \"wrap\": \"\"}', it is not JSON",
        "'{\"node\": {}, \"log\": {}, \"wrap\": 7}', wrap is not a string",
        "'{\"node\": {}, \"log\": {}, \"wrap\": \"\"}', the key file is not a private JWK"
    })
    void aFileThatIsNotOfANodeIsNamedAndSaysWhy(String content, String why) throws IOException {
        open();
        Files.writeString(file(), content);
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file() + " is not the key file of a node: " + why);
    }

    @Test
    void secretsAreInNoText() throws IOException {
        var keys = open();
        assertThat(keys.toString())
                .doesNotContain(keys.wrap().toBase64Url(), keys.log().secret().toBase64Url());
    }
}
