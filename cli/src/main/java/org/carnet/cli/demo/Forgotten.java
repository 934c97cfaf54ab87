// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.client.Ack;
import org.carnet.client.ErasureReceipt;
import org.carnet.client.NodeClient;
import org.carnet.client.NodeRefused;
import org.carnet.client.Thing;
import org.carnet.client.ThingDescription;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.log.LogVerifier;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What became of a guest, whose watch was seen for a moment and who then asked to be forgotten.
///
/// @param before how many of the guest's updates could be read until then
/// @param after how many can be read since, on the record or in the avatar
/// @param receipt whether the node proves what it did
record Forgotten(long before, long after, boolean receipt) {
    private static final String GUEST = "guest-of-pulse";
    private static final String AVATAR = "guest";
    private static final int UPDATES = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Whether the guest was here, and is not any more.
    boolean holds() {
        return before == UPDATES && after == 0 && receipt;
    }

    /// Lets the guest come, be seen and be forgotten.
    static Forgotten guest(
            NodeClient pulse,
            Enrolment enrolment,
            Workshop workshop,
            InstantSource clock,
            SecureRandom random)
            throws IOException {
        long from = pulse.get("api/node").path("records").asLong();
        var key = SigningKey.generate(Algorithm.ED25519, random);
        var description =
                ThingDescription.ofWatch(key.did(), "Watch of a guest")
                        .quantity(Wearer.BATTERY, "%EL");
        try (var watch = Thing.create(workshop.path("watch-guest"), key, description)) {
            enrolment.admit(watch, GUEST, AVATAR);
            send(watch, pulse, clock);
        }
        var thing = key.did().value();
        long before = onRecord(pulse, thing, from);
        var answer = pulse.patient(PATIENCE).post("api/erasures", Map.of("subject", GUEST));
        var receipt = answer.path("receipt").asString("");
        var verdict = ErasureReceipt.verify(receipt, LogVerifier.parse(pulse.bytes("log.vkey")));
        return new Forgotten(
                before, onRecord(pulse, thing, from) + inAvatar(pulse), isOfGuest(verdict));
    }

    private static void send(Thing watch, NodeClient pulse, InstantSource clock)
            throws IOException {
        try (var carrier = pulse.posts()) {
            for (int i = 0; i < UPDATES; i++) {
                var now = clock.instant();
                var level = new Reading(Wearer.BATTERY, now, new Value.Quantity(80 - i), "%EL");
                var pack = watch.sign(Form.JWS_SENML_JSON, now, List.of(level));
                switch (carrier.send(pack).join()) {
                    case Ack.Durable durable -> {}
                    case Ack.Refused(String reason, String detail) ->
                            throw new IOException("the guest was refused: " + reason);
                }
            }
        }
    }

    private static boolean isOfGuest(ErasureReceipt.Verdict verdict) {
        return switch (verdict) {
            case ErasureReceipt.Verified(ErasureReceipt receipt, var checkpoint) ->
                    receipt.whole() && receipt.subject().is(GUEST);
            case ErasureReceipt.Failed failed -> false;
        };
    }

    private static long onRecord(NodeClient pulse, String thing, long from) throws IOException {
        return Reckoning.received(pulse, from).stream()
                .filter(update -> update.thing().equals(thing))
                .count();
    }

    private static long inAvatar(NodeClient pulse) throws IOException {
        try {
            return pulse.get("avatars/" + AVATAR + "/properties").size();
        } catch (NodeRefused gone) {
            return 0;
        }
    }
}
