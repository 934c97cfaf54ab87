// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

/// What a gateway makes of a pack that a constrained thing authenticated: whose it is and what it says, or a refusal.
public sealed interface Authentication permits MacPack, Refused {}
