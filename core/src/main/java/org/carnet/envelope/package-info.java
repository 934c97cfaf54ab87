// SPDX-License-Identifier: Apache-2.0
/// The signed update: a SenML pack in one signature, from its bytes to a value that only a verifier can make.
@NullMarked
package org.carnet.envelope;

import org.jspecify.annotations.NullMarked;
