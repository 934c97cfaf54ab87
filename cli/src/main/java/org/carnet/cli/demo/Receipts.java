// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.Bytes;
import org.carnet.client.Ack;
import org.carnet.client.Replay;
import org.carnet.client.Tally;
import org.carnet.envelope.SignedPack;
import org.carnet.identity.DidKey;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the IoT platform acknowledged, pack by pack: what nobody may lose from then on.
final class Receipts implements Replay.Observer {
    /// One update, whoever tells of it.
    record Update(String thing, long sequence) {}

    private final Tally tally;
    private final Set<Update> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<DidKey, Bytes> latest = new ConcurrentHashMap<>();

    Receipts(Tally tally) {
        this.tally = tally;
    }

    @Override
    public void answered(Bytes pack, Ack ack, Duration after) {
        tally.answered(pack, ack, after);
        if (!(ack instanceof Ack.Durable)
                || !(SignedPack.decode(pack) instanceof SignedPack signed)) {
            return;
        }
        acknowledged.add(new Update(signed.thing().value(), signed.sequence()));
        latest.put(signed.thing(), pack);
    }

    @Override
    public void unanswered(Bytes pack, IOException cause) {
        tally.unanswered(pack, cause);
    }

    Set<Update> acknowledged() {
        return new HashSet<>(acknowledged);
    }

    /// The last acknowledged pack of a thing.
    Optional<Bytes> latest(DidKey thing) {
        return Optional.ofNullable(latest.get(thing));
    }
}
