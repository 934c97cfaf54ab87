// SPDX-License-Identifier: Apache-2.0
/// The signed update: a SenML pack in one signature, from its bytes to a value that only a verifier can make; and
/// receipts of the log in the same kind of envelope.
@NullMarked
package org.carnet.envelope;

import org.jspecify.annotations.NullMarked;
