// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

/// What comes of verifying a pack: one whose every claim is its signer's, or a refusal.
public sealed interface Verification permits VerifiedPack, Refused {}
