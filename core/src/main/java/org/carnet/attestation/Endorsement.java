// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

/// What comes of asking whether a maker vouches for a device: which device, or a refusal.
public sealed interface Endorsement permits DeviceIdentity, AttestationRefused {}
