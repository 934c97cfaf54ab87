// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;
import org.carnet.node.points.SealedRecords.Sealed;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Where each subject lets its sealed details be kept besides this node (FGMV-44 clause 8.7.1, "where to store").
///
/// Leaves go to every mirror, for they tell nothing; details go where the subject lets them. A subject that has chosen
/// nothing lets every mirror have them, sealed as they are.
final class StorageChoices implements Forgets {
    private static final int MOST_REMEMBERED = 10_000;
    private static final String EVERYWHERE = "*";

    private final JdbcClient jdbc;

    /// By the id of the key that seals, which belongs to one subject.
    private final Map<Long, Set<String>> known = new ConcurrentHashMap<>();

    StorageChoices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Whether the mirror may have these details.
    boolean allow(String mirror, Sealed sealed) {
        long key = ByteBuffer.wrap(sealed.details().unsafeArray()).getLong();
        if (known.size() > MOST_REMEMBERED) known.clear();
        var allowed = known.computeIfAbsent(key, this::ofKey);
        return allowed.contains(EVERYWHERE) || allowed.contains(mirror);
    }

    private Set<String> ofKey(long key) {
        return jdbc.sql(
                        """
                        select mirrors from storage_choice
                        join subject_keys on subject_keys.subject = storage_choice.subject
                        where subject_keys.id = ?\
                        """)
                .param(key)
                .query(String.class)
                .optional()
                .map(StorageChoices::names)
                .orElse(Set.of(EVERYWHERE));
    }

    private static Set<String> names(String text) {
        return Arrays.stream(text.split(","))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The mirrors that a subject has chosen; empty if it has chosen nothing.
    Optional<Set<String>> of(String subject) {
        return jdbc.sql("select mirrors from storage_choice where subject = ?")
                .param(subject)
                .query(String.class)
                .optional()
                .map(StorageChoices::names);
    }

    /// Holds for what is mirrored from now on.
    void choose(String subject, Set<String> mirrors) {
        jdbc.sql(
                        """
                        insert into storage_choice (subject, mirrors) values (?, ?)
                        on conflict (subject) do update set mirrors = excluded.mirrors\
                        """)
                .param(subject)
                .param(mirrors.stream().sorted().collect(Collectors.joining(",")))
                .update();
        known.clear();
    }

    @Override
    public String place() {
        return "the choice of mirrors";
    }

    @Override
    public Stage stage() {
        return Stage.FILES;
    }

    /// The ciphertexts that mirrors hold need not be removed: nothing opens them any more.
    @Override
    public Outcome forget(Erasure erasure) {
        if (!erasure.whole()) return new Reached("it names no data");
        jdbc.sql("delete from storage_choice where subject = ?").param(erasure.subject()).update();
        known.clear();
        return new Reached("it is deleted");
    }
}
