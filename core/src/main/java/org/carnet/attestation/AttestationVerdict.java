// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

/// What comes of checking a device's attestation: a device that is what it says, or a refusal.
public sealed interface AttestationVerdict permits Attested, AttestationRefused {}
