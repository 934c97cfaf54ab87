// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.client.Recording;
import org.carnet.client.Thing;
import org.carnet.client.ThingDescription;
import org.carnet.envelope.Form;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// One of the people whose recordings are played: the watch, and how and as whom its data travels.
///
/// @param carrier scheme of the carrier to the IoT platform
/// @param owner as the platforms call this person
/// @param walker the avatar in Agora
/// @param spark the avatar in Arcadia, whose number says nothing about the walker's
record Wearer(
        Recording recording,
        Thing watch,
        String carrier,
        Form form,
        String owner,
        String walker,
        String spark) {
    /// What the last watch lends for a while: its battery level, the one value here that was not recorded.
    static final String BATTERY = "battery";

    /// Where it is seen: an avatar of Pulse itself.
    static final String DOCK = "dock-20";

    private static final List<String> CARRIERS = List.of("wss", "https", "mqtts");
    private static final List<Form> FORMS =
            List.of(
                    Form.JWS_SENML_JSON,
                    Form.COSE_SENML_CBOR,
                    Form.JWS_SENML_XML,
                    Form.JWS_SENML_JSON);

    /// Everybody, each with a new key; carriers, forms and algorithms are spread over them.
    static List<Wearer> everybody(Workshop workshop, SecureRandom random) throws IOException {
        var wearers = new ArrayList<Wearer>();
        for (var person : Recording.PEOPLE) {
            int i = wearers.size();
            var key = SigningKey.generate(i % 5 == 4 ? Algorithm.P256 : Algorithm.ED25519, random);
            var number = person.substring(1);
            var description =
                    ThingDescription.ofWatch(key.did(), "Watch " + number).quantity(BATTERY, "%EL");
            wearers.add(
                    new Wearer(
                            Recording.of(person),
                            Thing.create(workshop.path("watch-" + number), key, description),
                            CARRIERS.get(i % CARRIERS.size()),
                            FORMS.get(i % FORMS.size()),
                            "wearer-" + number,
                            "walker-" + number,
                            "spark-%02d".formatted((i * 7 + 3) % 10 + 1)));
        }
        return wearers;
    }

    String person() {
        return recording.person();
    }

    String carrierName() {
        return switch (carrier) {
            case "wss" -> "WebSocket";
            case "https" -> "HTTPS";
            default -> "MQTT";
        };
    }

    String formName() {
        return switch (form) {
            case JWS_SENML_JSON -> "JSON";
            case JWS_SENML_XML -> "XML";
            case COSE_SENML_CBOR -> "CBOR";
        };
    }
}
