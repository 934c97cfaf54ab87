// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

/// What comes of verifying a gateway's proof: one that is good here and now, or a refusal.
public sealed interface Admission permits GatewayProof, Refused {}
