// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.fuzz;

import org.carnet.identity.DidKey;
import org.carnet.identity.KeyFile;
import org.carnet.log.NoteVerifier;

import java.nio.charset.StandardCharsets;

/// Whatever is given as a key in text is that key's one text, or is refused.
public final class KeysFuzz {
    private KeysFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        Documented.refusal(
                () -> {
                    var did = DidKey.parse(text);
                    Documented.same(text, DidKey.of(did.algorithm(), did.publicKey()).value());
                });
        Documented.refusal(
                () -> {
                    var key = KeyFile.read(text);
                    Documented.same(key.did(), KeyFile.read(KeyFile.write(key)).did());
                });
        Documented.refusal(() -> NoteVerifier.parse(text));
    }
}
