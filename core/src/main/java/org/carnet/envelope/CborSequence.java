// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;

import java.util.ArrayList;
import java.util.List;

/// A CBOR sequence (RFC 8742): items one after the other, without anything between them.
public final class CborSequence {
    private CborSequence() {}

    /// The bytes of each item, as they came.
    ///
    /// @throws IllegalArgumentException if the bytes are no sequence, or one of more than `most` items
    public static List<Bytes> split(Bytes sequence, int most) {
        var items = new ArrayList<Bytes>();
        var in = new CborReader(sequence.unsafeArray(), Malformed::envelope);
        try {
            for (int from = 0; from < sequence.length(); from = in.position()) {
                if (items.size() == most)
                    throw new IllegalArgumentException("a batch holds at most " + most);
                in.skip();
                items.add(sequence.slice(from, in.position()));
            }
        } catch (Malformed e) {
            throw new IllegalArgumentException("not a CBOR sequence: " + e.getMessage(), e);
        }
        return items;
    }
}
