// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.Carrier;
import org.carnet.client.Thing;
import org.carnet.envelope.Form;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;

/// Where signed packs go, by which carrier and in which form.
final class CarrierOptions {
    /// The forms of an update by the SenML inside.
    enum Payload {
        JSON(Form.JWS_SENML_JSON),
        XML(Form.JWS_SENML_XML),
        CBOR(Form.COSE_SENML_CBOR);

        private final Form form;

        Payload(Form form) {
            this.form = form;
        }
    }

    @Option(
            names = "--to",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8400",
            description =
                    "The node, by https, wss or mqtts; on loopback also without the s"
                            + " (default: ${DEFAULT-VALUE}).")
    private URI node = URI.create("http://127.0.0.1:8400");

    @Option(
            names = "--form",
            paramLabel = "NAME",
            defaultValue = "JSON",
            description = "SenML as ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Payload payload = Payload.JSON;

    @Mixin private TrustOptions trust = new TrustOptions();

    Carrier open(Thing thing) throws IOException {
        return Carrier.open(node, trust.trust(), thing.id().value());
    }

    Form form() {
        return payload.form;
    }
}
