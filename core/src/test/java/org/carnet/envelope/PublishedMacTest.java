// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;

/// A COSE_Mac0 of the COSE working group (cose-wg/Examples, mac0-tests/HMac-01, BSD-3-Clause).
class PublishedMacTest {
    @Test
    void thePublishedTagIsOurs() {
        var key = Bytes.hex("849b57219dae48de646d07dbb533566e976686457c1491be3a76dcea6c427188");
        var content = Bytes.utf8("This is the content.").toArray();
        var tag = MacPack.mac(key, Bytes.hex("a10105").toArray(), content);
        assertThat(Bytes.copyOf(tag).toHex())
                .isEqualTo("a1a848d3471f9d61ee49018d244c824772f223ad4f935293f1789fc3a08d8c58");
    }
}
