// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;
import org.carnet.envelope.Form;
import org.carnet.envelope.MacPack;
import org.carnet.envelope.Reason;
import org.carnet.envelope.Refused;
import org.carnet.envelope.SequenceWindow;
import org.carnet.envelope.Signer;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;

import java.util.HashMap;
import java.util.Map;

/// The things behind a gateway that are too small for signatures: each shares a key with the gateway, which vouches for it
/// by its own signature (FGMV-44 clause 7.1.4).
///
/// A node takes what is vouched for as the gateway's word, never as the thing's. A key never leaves the gateway, and opens
/// nothing but that one thing's packs. Which numbers were used is for whoever keeps a gateway running to remember; a node
/// refuses them a second time in any case.
public final class ConstrainedThings {
    private final SigningKey gateway;
    private final Map<DidKey, Known> things = new HashMap<>();

    private record Known(Bytes key, SequenceWindow window) {}

    public ConstrainedThings(SigningKey gateway) {
        this.gateway = gateway;
    }

    /// @param key at least [MacPack#LEAST_KEY] bytes, shared with this thing and nobody else
    public synchronized void add(DidKey thing, Bytes key) {
        if (key.length() < MacPack.LEAST_KEY)
            throw new IllegalArgumentException("a key has 32 bytes at least");
        if (things.values().stream().anyMatch(known -> known.key().equals(key)))
            throw new IllegalArgumentException("another thing has this key");
        things.put(thing, new Known(key, new SequenceWindow()));
    }

    /// What a gateway sends on.
    public sealed interface Answer {
        /// The same readings under the gateway's signature.
        record Vouched(Bytes update) implements Answer {}

        record NotVouched(Refused why) implements Answer {}
    }

    /// Vouches for a pack that this thing authenticated, once.
    public synchronized Answer vouch(DidKey thing, Bytes pack) {
        var known = things.get(thing);
        if (known == null) return refused(Reason.UNKNOWN_THING, "it is not behind this gateway");
        return switch (MacPack.verify(pack, thing, known.key())) {
            case Refused refused -> new Answer.NotVouched(refused);
            case MacPack good -> vouch(known, good);
        };
    }

    private Answer vouch(Known known, MacPack pack) {
        return switch (known.window().accept(pack.sequence())) {
            case ACCEPTED ->
                    new Answer.Vouched(
                            Signer.sign(
                                    gateway,
                                    Form.COSE_SENML_CBOR,
                                    pack.thing(),
                                    pack.sequence(),
                                    pack.signedAt(),
                                    pack.readings()));
            case REPLAY -> refused(Reason.REPLAY, "the number was used before");
            case STALE -> refused(Reason.STALE_SEQUENCE, "the number lies too far back");
        };
    }

    private static Answer refused(Reason reason, String detail) {
        return new Answer.NotVouched(new Refused(reason, detail));
    }
}
