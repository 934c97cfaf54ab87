// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

/// What comes of decoding bytes: a pack that is well formed, or a refusal.
public sealed interface Decoding permits SignedPack, Refused {}
