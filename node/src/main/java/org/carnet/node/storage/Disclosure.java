// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Pseudonym;
import org.carnet.node.points.Disclosures.Disclosed;
import org.carnet.node.points.Disclosures.Wanted;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Opens the records that a report wants, and leaves the others sealed.
final class Disclosure {
    private final Vault vault;
    private final SubjectKeys keys;
    private final Wanted wanted;
    private final Optional<Set<Long>> ofSubject;

    Disclosure(Vault vault, SubjectKeys keys, Wanted wanted) {
        this.vault = vault;
        this.keys = keys;
        this.wanted = wanted;
        this.ofSubject =
                wanted.subject()
                        .map(
                                subject ->
                                        keys.all(subject).stream()
                                                .map(SubjectKey::id)
                                                .collect(Collectors.toSet()));
    }

    /// The record, if it is wanted or nobody can tell any more whether it is.
    Optional<Disclosed> of(long index, SealedRecord sealed) throws LogDamaged {
        var record = Vault.parsed(index, sealed);
        if (record.time().isBefore(wanted.from()) || !record.time().isBefore(wanted.until())) {
            return Optional.empty();
        }
        long id = Seal.keyId(sealed.sealed());
        var leaf = Bytes.unsafe(sealed.leaf());
        var key = keys.byId(id);
        if (key.isPresent() && ofSubject.isPresent() && !ofSubject.get().contains(id)) {
            return Optional.empty();
        }
        var opened = vault.open(index, sealed);
        if (key.isEmpty() || opened.details().isEmpty()) {
            return Optional.of(
                    new Disclosed(index, leaf, record, Optional.empty(), name -> Pseudonym.NOBODY));
        }
        return Optional.of(
                new Disclosed(
                        index, leaf, record, opened.details(), name -> pseudonym(key.get(), name)));
    }

    private static Pseudonym pseudonym(SubjectKey key, String name) {
        try {
            return key.pseudonym(name);
        } catch (KeyDestroyed meanwhile) {
            return Pseudonym.NOBODY;
        }
    }
}
