// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

/// The answer to what a device shows that does not hold: what exactly, and one sentence about this case.
public record AttestationRefused(AttestationFlaw flaw, String why)
        implements Endorsement, AttestationVerdict {}
