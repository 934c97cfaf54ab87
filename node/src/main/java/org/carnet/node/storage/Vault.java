// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Hash;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.node.points.Disclosures;
import org.carnet.node.points.Entry;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Turns entries into sealed records, and opens them again for whoever holds the subjects' keys.
///
/// The seal is bound to the head of the leaf, and the leaf carries the hash of the seal: neither fits another.
final class Vault {
    private final SubjectKeys keys;
    private final Seal seal;
    private final Pseudonyms pseudonyms = new Pseudonyms();

    Vault(SubjectKeys keys, SecureRandom random) {
        this.keys = keys;
        this.seal = new Seal(random);
    }

    SealedRecord seal(Entry entry, Instant time) {
        if (begins(entry.kind())) keys.begin(entry.subject());
        var key = keys.of(entry.subject(), time);
        var header =
                Record.header(
                        entry.kind(),
                        entry.assurance(),
                        time,
                        pseudonym(key, entry.kind(), entry.actor()),
                        pseudonym(key, entry.kind(), entry.about()));
        var sealed = seal.seal(key, header, entry.details().unsafeArray());
        var leaf = Arrays.copyOf(header, Record.LENGTH);
        Crypto.sha256(sealed, leaf, Record.HEADER_LENGTH);
        return new SealedRecord(leaf, sealed);
    }

    /// Who was forgotten comes back by registering something or mapping it, and by nothing else.
    private static boolean begins(Record.Kind kind) {
        return kind == Record.Kind.REGISTERED || kind == Record.Kind.MAPPED;
    }

    private Pseudonym pseudonym(SubjectKey key, Record.Kind kind, String identifier) {
        if (identifier.isEmpty()) return Pseudonym.NOBODY;
        // Whoever holds a receipt, or verifies what was pruned, must find it here without any key
        // of
        // the node.
        if (kind == Record.Kind.ERASED || kind == Record.Kind.PRUNED)
            return Pseudonym.open(identifier);
        return pseudonyms.of(key, identifier);
    }

    /// Lets go of all that memory still holds of destroyed keys.
    void forget(Set<Long> keys) {
        pseudonyms.forget(keys);
        seal.forget();
    }

    /// What tells records that are wanted for a report from others, and opens them.
    Disclosure disclosure(Disclosures.Wanted wanted) {
        return new Disclosure(this, keys, wanted);
    }

    /// @throws LogDamaged if the sealed details are not those of the leaf
    Stored open(long index, SealedRecord stored) throws LogDamaged {
        var record = parsed(index, stored);
        var header = Arrays.copyOf(stored.leaf(), Record.HEADER_LENGTH);
        var key = keys.byId(Seal.keyId(stored.sealed()));
        if (key.isEmpty()) return new Stored(index, record, Optional.empty());
        Optional<byte[]> details;
        try {
            details = seal.open(key.get(), header, stored.sealed());
        } catch (KeyDestroyed meanwhile) {
            return new Stored(index, record, Optional.empty());
        }
        if (details.isEmpty()) throw new LogDamaged("record " + index, "its details do not open");
        return new Stored(index, record, details.map(Bytes::unsafe));
    }

    /// The record in the leaf, whose hash is that of the sealed details.
    static Record parsed(long index, SealedRecord stored) throws LogDamaged {
        Record record;
        try {
            record = Record.parse(Bytes.unsafe(stored.leaf()));
        } catch (IllegalArgumentException malformed) {
            throw new LogDamaged("record " + index, "not a record: " + malformed.getMessage());
        }
        var hash = new Hash(Bytes.unsafe(Crypto.sha256().digest(stored.sealed())));
        if (!record.sealed().equals(hash)) {
            throw new LogDamaged("record " + index, "its details do not have the hash in its leaf");
        }
        return record;
    }
}
