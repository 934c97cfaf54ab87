// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;
import org.carnet.node.storage.Ledger;
import org.carnet.node.storage.LedgerSettings;
import org.carnet.node.storage.MemorySubjectKeys;
import org.carnet.node.storage.NodeKeys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.List;

/// What storage does with an update: checks its signature, encrypts it, forces it to disk with others, grows the tree.
///
/// Against [InProcess] this leaves out reading the envelope, the registry, the replay check, the decision of the
/// mappings, and the state of the avatar with the second record that it makes.
final class StoragePath implements AutoCloseable {
    private final Ledger ledger;
    private final IdentityHashMap<Bytes, VerifyLimit.Signed> signed = new IdentityHashMap<>();

    StoragePath(Path directory) throws IOException {
        var random = new SecureRandom();
        ledger =
                new Ledger(
                        LedgerSettings.in(directory),
                        NodeKeys.open(directory, random).signer("carnet.local/bench"),
                        new MemorySubjectKeys(random),
                        InstantSource.system(),
                        random);
    }

    /// Takes the updates apart that will be sent, as the limit has them.
    void prepare(List<SigningKey> keys, List<Bytes> updates) {
        signed.clear();
        var parts = VerifyLimit.signed(keys, updates);
        for (int i = 0; i < parts.length; i++) signed.put(updates.get(i), parts[i]);
    }

    Load.Path path() {
        return this::send;
    }

    private void send(Bytes update, Load.Answered answered) {
        var parts = signed.get(update);
        if (parts == null || !parts.key().verify(parts.message(), parts.signature())) {
            throw new IllegalStateException("a good signature was refused");
        }
        var thing = parts.key().did().value();
        ledger.append(
                List.of(
                        new Entry(
                                Record.Kind.RECEIVED,
                                Assurance.THING,
                                thing,
                                thing,
                                thing,
                                update)),
                new Records.Told() {
                    @Override
                    public void durable(Receipt receipt) {
                        answered.durable(true);
                    }

                    @Override
                    public void failed(Throwable failure) {
                        answered.durable(false);
                    }
                });
    }

    /// Lets the tree grow over everything that was appended.
    void settle() throws IOException {
        ledger.flushed().join();
        ledger.coveringCheckpoint();
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
