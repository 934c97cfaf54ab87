// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.identity.DidKey;
import org.carnet.identity.SignatureMemory;
import org.carnet.identity.VerificationKey;

import java.util.function.Function;

/// Finds the key that a proof names: in the identifier itself for did:key, in a DID document for every other method.
@FunctionalInterface
public interface VerificationMethods {
    /// The key of the verification method, if its controller lets it be used for this purpose.
    ///
    /// @param method a DID URL with a fragment
    /// @param purpose a verification relationship, `assertionMethod` or `authentication`
    Answer find(String method, String purpose);

    /// A key, or why there is none.
    sealed interface Answer {}

    /// @param controller the DID whose document lets the key be used so
    record Found(VerificationKey key, String controller) implements Answer {}

    record NotFound(String why) implements Answer {}

    /// Of did:key only; its one key is good for every purpose of a signature.
    static VerificationMethods ofDidKey() {
        return ofDidKey(VerificationKey::of);
    }

    /// The same, with keys that were decoded and signatures that held remembered.
    static VerificationMethods ofDidKey(SignatureMemory memory) {
        return ofDidKey(memory::key);
    }

    private static VerificationMethods ofDidKey(Function<DidKey, VerificationKey> keys) {
        return (method, purpose) -> {
            int fragment = method.indexOf('#');
            if (!method.startsWith("did:key:") || fragment < 0)
                return new NotFound("the verification method is not one of a did:key");
            try {
                var did = new DidKey(method.substring(0, fragment));
                if (!did.keyId().equals(method))
                    return new NotFound("the did:key has no key of that name");
                return new Found(keys.apply(did), did.value());
            } catch (IllegalArgumentException e) {
                return new NotFound(String.valueOf(e.getMessage()));
            }
        };
    }
}
