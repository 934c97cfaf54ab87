// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.node.points.Keys.Range;
import org.carnet.node.points.SubjectForgotten;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keys that live as long as the process, for tests, measurements and simulations.
public final class MemorySubjectKeys implements SubjectKeys {
    private final SecureRandom random;
    private final long period;
    private final ForgottenSubjects forgotten;
    private final Map<String, SubjectKey> current = new ConcurrentHashMap<>();
    private final Map<String, SubjectKey> state = new ConcurrentHashMap<>();
    private final Map<String, SubjectKey> kept = new ConcurrentHashMap<>();
    private final Map<Long, SubjectKey> byId = new ConcurrentHashMap<>();
    private final Map<String, List<SubjectKey>> bySubject = new HashMap<>();
    private long last;

    /// Keys that are used for a day each.
    public MemorySubjectKeys(SecureRandom random) {
        this(random, Duration.ofDays(1));
    }

    public MemorySubjectKeys(SecureRandom random, Duration epoch) {
        this.random = random;
        this.period = epoch.toMillis();
        this.forgotten = new ForgottenSubjects(random);
    }

    @Override
    public SubjectKey of(String subject, Instant time) {
        long millis = time.toEpochMilli();
        var known = current.get(subject);
        return known != null && known.covers(millis) ? known : found(subject, millis);
    }

    private synchronized SubjectKey found(String subject, long millis) {
        if (forgotten.contain(subject)) throw new SubjectForgotten();
        long from = Math.floorDiv(millis, period) * period;
        var key =
                bySubject.getOrDefault(subject, List.of()).stream()
                        .filter(one -> one.covers(millis) && !one.isClosed())
                        .findFirst()
                        .orElseGet(() -> created(subject, from, from + period));
        current.put(subject, key);
        return key;
    }

    @Override
    public synchronized SubjectKey ofState(String subject) {
        if (forgotten.contain(subject)) throw new SubjectForgotten();
        var known = state.get(subject);
        if (known != null) return known;
        var key = created(subject, SubjectKey.STATE, 0);
        state.put(subject, key);
        return key;
    }

    @Override
    public synchronized SubjectKey ofKept(String subject) {
        if (forgotten.contain(subject)) throw new SubjectForgotten();
        var known = kept.get(subject);
        if (known != null) return known;
        var key = created(subject, SubjectKey.KEPT, SubjectKey.KEPT + 1);
        kept.put(subject, key);
        return key;
    }

    private SubjectKey created(String subject, long from, long until) {
        var key = new SubjectKey(++last, from, until, SubjectKey.generate(random));
        byId.put(key.id(), key);
        bySubject.computeIfAbsent(subject, name -> new ArrayList<>()).add(key);
        return key;
    }

    @Override
    public Optional<SubjectKey> byId(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized List<SubjectKey> all(String subject) {
        return bySubject.getOrDefault(subject, List.of()).stream()
                .filter(key -> !key.isTimeless())
                .sorted(Comparator.comparing(SubjectKey::from))
                .toList();
    }

    @Override
    public synchronized List<String> expired(Range range) {
        return bySubject.entrySet().stream()
                .filter(
                        entry ->
                                entry.getValue().stream()
                                        .anyMatch(key -> !key.isTimeless() && key.liesIn(range)))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized List<SubjectKey> close(String subject, Range range) {
        current.remove(subject);
        state.remove(subject);
        if (range.whole()) kept.remove(subject);
        var closed = new ArrayList<SubjectKey>();
        for (var key : bySubject.getOrDefault(subject, List.of())) {
            boolean meant = range.within() ? key.liesIn(range) : key.touches(range);
            if (key.isTimeless() ? !key.isState() && !range.whole() : !meant) continue;
            key.close();
            if (!key.isTimeless()) closed.add(key);
        }
        return closed;
    }

    @Override
    public void bar(String subject) {
        forgotten.add(subject);
    }

    @Override
    public void begin(String subject) {
        forgotten.remove(subject);
    }

    @Override
    public synchronized int destroy(String subject, Collection<Long> ids) {
        var keys = bySubject.getOrDefault(subject, new ArrayList<>());
        int before = keys.size();
        for (var key : List.copyOf(keys)) {
            if (!key.isClosed() || (!key.isTimeless() && !ids.contains(key.id()))) continue;
            keys.remove(key);
            byId.remove(key.id());
            key.destroy();
        }
        return before - keys.size();
    }
}
