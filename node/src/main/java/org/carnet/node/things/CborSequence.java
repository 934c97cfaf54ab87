// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;

import org.carnet.Bytes;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/// A CBOR sequence (RFC 8742): items one after the other, without anything between them.
final class CborSequence {
    private CborSequence() {}

    /// The bytes of each item, as they came.
    ///
    /// @throws IllegalArgumentException if the bytes are no sequence, or one of more than `most` items
    static List<Bytes> split(Bytes sequence, int most) {
        var items = new ArrayList<Bytes>();
        var in = new ByteArrayInputStream(sequence.unsafeArray());
        try {
            while (in.available() > 0) {
                if (items.size() == most)
                    throw new IllegalArgumentException("a batch holds at most " + most);
                int from = sequence.length() - in.available();
                CBORObject.Read(in);
                items.add(sequence.slice(from, sequence.length() - in.available()));
            }
        } catch (CBORException e) {
            throw new IllegalArgumentException("not a CBOR sequence", e);
        }
        return items;
    }
}
