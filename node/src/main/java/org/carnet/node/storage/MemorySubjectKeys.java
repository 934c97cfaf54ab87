// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keys that live as long as the process, for tests, measurements and simulations.
public final class MemorySubjectKeys implements SubjectKeys {
    private final SecureRandom random;
    private final Map<String, SubjectKey> bySubject = new ConcurrentHashMap<>();
    private final Map<Long, SubjectKey> byId = new ConcurrentHashMap<>();

    public MemorySubjectKeys(SecureRandom random) {
        this.random = random;
    }

    @Override
    public SubjectKey of(String subject) {
        var known = bySubject.get(subject);
        return known != null ? known : bySubject.computeIfAbsent(subject, this::created);
    }

    private SubjectKey created(String subject) {
        synchronized (byId) {
            var key = new SubjectKey(byId.size() + 1L, SubjectKey.generate(random));
            byId.put(key.id(), key);
            return key;
        }
    }

    @Override
    public Optional<SubjectKey> byId(long id) {
        return Optional.ofNullable(byId.get(id));
    }
}
