// SPDX-License-Identifier: Apache-2.0
/// Who somebody is: identifiers that carry their own public key, the keys behind them, and their signatures.
@NullMarked
package org.carnet.identity;

import org.jspecify.annotations.NullMarked;
