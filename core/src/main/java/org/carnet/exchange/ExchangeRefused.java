// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import org.jspecify.annotations.Nullable;

/// The answer to a request that was not proven twice.
///
/// @param why one sentence about this case
/// @param platform who asked, if its signature holds; a refusal of somebody who proved nothing is not worth a record
public record ExchangeRefused(ExchangeFlaw flaw, String why, @Nullable String platform)
        implements ExchangeVerdict {}
