// SPDX-License-Identifier: Apache-2.0
/// Whether a device is what its maker says: the maker's chain or credential, and the device's own attestation (RFC 9711).
@NullMarked
package org.carnet.attestation;

import org.jspecify.annotations.NullMarked;
