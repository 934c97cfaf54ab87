// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.credential.VerificationMethods;
import org.carnet.exchange.PlatformKeys;
import org.carnet.identity.SignatureMemory;

/// Keys of did:key from the identifier itself, of every other DID from its document, as far as this node resolves it.
final class ResolvedMethods implements VerificationMethods {
    private final SignatureMemory memory;
    private final VerificationMethods didKeys;
    private final PlatformKeys platforms;

    /// @param memory of signatures that held, such as those of certifications that are shown again and again
    ResolvedMethods(PlatformKeys platforms, SignatureMemory memory) {
        this.memory = memory;
        this.didKeys = VerificationMethods.ofDidKey(memory);
        this.platforms = platforms;
    }

    @Override
    public Answer find(String method, String purpose) {
        int fragment = method.indexOf('#');
        if (fragment < 0 || method.startsWith("did:key:")) return didKeys.find(method, purpose);
        var did = method.substring(0, fragment);
        return switch (platforms.resolve(did)) {
            case PlatformKeys.NotFound(var why) -> new NotFound(why);
            case PlatformKeys.Found(var document) -> {
                var key = document.key(method, purpose);
                yield key == null
                        ? new NotFound("the document of the DID has no such key for " + purpose)
                        : new Found(memory.remembering(key), did);
            }
        };
    }
}
