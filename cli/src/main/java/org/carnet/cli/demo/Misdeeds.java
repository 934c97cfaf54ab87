// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.Bytes;
import org.carnet.client.Ack;
import org.carnet.client.Carrier;
import org.carnet.client.Recording;
import org.carnet.client.Replay;
import org.carnet.client.Thing;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// What must not be accepted, tried on the running platform.
///
/// Each attempt answers the reason of the refusal, or `accepted`.
final class Misdeeds {
    private final Carrier carrier;
    private final InstantSource clock;
    private final Replay.Observer observer;

    Misdeeds(Carrier carrier, InstantSource clock, Replay.Observer observer) {
        this.carrier = carrier;
        this.clock = clock;
        this.observer = observer;
    }

    /// Sends a pack again that was acknowledged before.
    String replay(Bytes pack) {
        return send(pack);
    }

    /// Sends a pack of the thing whose signature is not the thing's.
    String forge(Thing thing) throws IOException {
        var signed = signed(thing, Recording.ACTIVITY, new Value.Text("WALKING"), "").toUtf8();
        var signature = signed.lastIndexOf('.') + 1;
        var other = signed.charAt(signature) == 'A' ? 'B' : 'A';
        return send(
                Bytes.utf8(
                        signed.substring(0, signature) + other + signed.substring(signature + 1)));
    }

    /// Sends the battery level, under a mapping that may have expired.
    String tellBattery(Thing thing, double level) throws IOException {
        return send(signed(thing, Wearer.BATTERY, new Value.Quantity(level), "%EL"));
    }

    private Bytes signed(Thing thing, String property, Value value, String unit)
            throws IOException {
        var now = clock.instant();
        var readings = List.of(new Reading(property, now, value, unit));
        return thing.sign(Form.JWS_SENML_JSON, now, readings);
    }

    private String send(Bytes pack) {
        var sent = System.nanoTime();
        var ack = carrier.send(pack).join();
        observer.answered(pack, ack, Duration.ofNanos(System.nanoTime() - sent));
        return switch (ack) {
            case Ack.Durable durable -> "accepted";
            case Ack.Refused(String reason, String detail) -> reason;
        };
    }
}
