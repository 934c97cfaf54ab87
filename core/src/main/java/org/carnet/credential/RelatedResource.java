// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;
import org.carnet.identity.Multibase;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A document that a credential refers to, with its digests (VCDM 2.0 section 5.3).
///
/// Nothing here fetches it: whoever has its bytes asks [#matches].
///
/// @param digests one at least; all of them have to match
public record RelatedResource(String id, List<Digest> digests) {
    private static final Map<String, String> SRI =
            Map.of("sha256", "SHA-256", "sha384", "SHA-384", "sha512", "SHA-512");
    private static final Map<Integer, String> MULTIHASH =
            Map.of(0x12, "SHA-256", 0x20, "SHA-384", 0x13, "SHA-512");
    private static final Map<String, Integer> LENGTHS =
            Map.of("SHA-256", 32, "SHA-384", 48, "SHA-512", 64);

    /// @param algorithm as Java names it
    public record Digest(String algorithm, Bytes value) {
        public Digest {
            if (!Integer.valueOf(value.length()).equals(LENGTHS.get(algorithm)))
                throw new IllegalArgumentException("has a digest of the wrong length");
        }
    }

    public RelatedResource {
        digests = List.copyOf(digests);
        if (digests.isEmpty())
            throw new IllegalArgumentException("has neither digestSRI nor digestMultibase");
    }

    static RelatedResource of(String id, ObjectNode json) {
        var digests = new ArrayList<Digest>();
        var sri = text(json, "digestSRI");
        if (sri != null) digests.add(sri(sri));
        var multibase = text(json, "digestMultibase");
        if (multibase != null) digests.add(multibase(Multibase.decode(multibase)));
        text(json, "mediaType");
        return new RelatedResource(id, digests);
    }

    private static @Nullable String text(ObjectNode json, String name) {
        var value = json.get(name);
        if (value == null) return null;
        if (!value.isString()) throw new IllegalArgumentException("has a " + name + " of no text");
        return value.stringValue();
    }

    /// Subresource Integrity: `sha384-` and base64.
    private static Digest sri(String text) {
        int dash = text.indexOf('-');
        var algorithm = dash < 0 ? null : SRI.get(text.substring(0, dash));
        if (algorithm == null)
            throw new IllegalArgumentException("has a digestSRI of another algorithm than SHA-2");
        return new Digest(algorithm, Bytes.base64(text.substring(dash + 1)));
    }

    /// A multihash of SHA-2; or, as the W3C's own examples have it, the bare digest.
    private static Digest multibase(Bytes value) {
        for (var form : LENGTHS.entrySet())
            if (value.length() == form.getValue()) return new Digest(form.getKey(), value);
        var algorithm = value.length() < 2 ? null : MULTIHASH.get((int) value.at(0));
        if (algorithm == null || value.at(1) != value.length() - 2)
            throw new IllegalArgumentException("has a digestMultibase that is no SHA-2 multihash");
        return new Digest(algorithm, value.slice(2, value.length()));
    }

    /// Whether these bytes have every one of the digests.
    public boolean matches(Bytes content) {
        return digests.stream().allMatch(digest -> digest.value().equals(hash(digest, content)));
    }

    private static Bytes hash(Digest digest, Bytes content) {
        try {
            var hash = MessageDigest.getInstance(digest.algorithm());
            return Bytes.unsafe(hash.digest(content.unsafeArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + digest.algorithm(), e);
        }
    }
}
