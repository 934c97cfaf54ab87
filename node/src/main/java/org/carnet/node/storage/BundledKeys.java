// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The keys of subjects as a backup holds them, wrapped with the key of their node; they open and nothing else.
public final class BundledKeys implements OpeningKeys {
    private final KeyWrap wrap;
    private final Map<Long, Wrapped> byId = new HashMap<>();

    private record Wrapped(String subject, Bytes secret) {}

    /// @param wrappingKey the 32 bytes that wrap the keys of all subjects of the node
    public BundledKeys(Bytes wrappingKey) {
        this.wrap = new KeyWrap(wrappingKey, new SecureRandom());
    }

    public void add(long id, String subject, Bytes wrapped) {
        byId.put(id, new Wrapped(subject, wrapped));
    }

    /// @throws IllegalArgumentException if the key was wrapped by another node, or changed since
    @Override
    public Optional<SubjectKey> byId(long id) {
        var wrapped = byId.get(id);
        if (wrapped == null) return Optional.empty();
        var secret = wrap.unwrap(wrapped.subject(), wrapped.secret().toArray());
        return Optional.of(new SubjectKey(id, secret));
    }
}
