// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

/// The three wire forms of an update (docs/wire/envelope.md).
public enum Form {
    /// Compact JWS around SenML in JSON.
    JWS_SENML_JSON,
    /// Compact JWS around SenML in XML.
    JWS_SENML_XML,
    /// COSE_Sign1 around SenML in CBOR.
    COSE_SENML_CBOR
}
