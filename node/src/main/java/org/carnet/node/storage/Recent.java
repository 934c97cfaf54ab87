// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What was used lately, of bounded number: two generations, of which the older is let go when the younger is full.
///
/// Finding what is used all the time is one look into one map, without a lock. Safe for many threads.
final class Recent<K, V> {
    private final int most;
    private volatile Map<K, V> young = new ConcurrentHashMap<>();
    private volatile Map<K, V> old = Map.of();

    /// @param most how many are kept at least; never more than twice as many are
    Recent(int most) {
        this.most = most;
    }

    @Nullable V get(K key) {
        var known = young.get(key);
        return known != null ? known : revived(key);
    }

    private synchronized @Nullable V revived(K key) {
        var known = old.get(key);
        return known == null ? young.get(key) : put(key, known);
    }

    /// Takes it in, unless there is one: answers the one that is there now.
    synchronized V putIfAbsent(K key, V value) {
        var known = young.get(key);
        if (known == null) known = old.get(key);
        return put(key, known == null ? value : known);
    }

    synchronized V put(K key, V value) {
        if (young.size() >= most) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
        young.put(key, value);
        return value;
    }

    synchronized @Nullable V remove(K key) {
        var removed = young.remove(key);
        if (old.isEmpty()) return removed;
        var older = old.remove(key);
        return removed != null ? removed : older;
    }

    int size() {
        return young.size() + old.size();
    }
}
