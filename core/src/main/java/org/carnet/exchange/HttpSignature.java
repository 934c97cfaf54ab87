// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.jspecify.annotations.Nullable;

/// A signature over parts of an HTTP message (RFC 9421), by ed25519 or ecdsa-p256-sha256, whichever the key is for.
public final class HttpSignature {
    private HttpSignature() {}

    /// The parts of a message: derived components (`@method`) and fields in lower case, as the RFC says them.
    @FunctionalInterface
    public interface Components {
        @Nullable String value(String name);
    }

    /// What is signed (section 2.5).
    ///
    /// @throws IllegalArgumentException if a covered component is not there, or holds a line break
    public static Bytes base(SignatureInput input, Components message) {
        var base = new StringBuilder();
        for (var name : input.components()) {
            var value = message.value(name);
            if (value == null || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0)
                throw new IllegalArgumentException("the message has no usable " + name);
            base.append('"').append(name).append("\": ").append(value).append('\n');
        }
        return Bytes.utf8(base + "\"@signature-params\": " + input.text());
    }

    public static Bytes sign(SignatureInput input, Components message, SigningKey key) {
        return Bytes.unsafe(key.sign(base(input, message).unsafeArray()));
    }

    /// Whether the signature is this key's for these parts of the message.
    public static boolean holds(
            SignatureInput input, Components message, Bytes signature, VerificationKey key) {
        return key.verify(base(input, message).unsafeArray(), signature.unsafeArray());
    }
}
