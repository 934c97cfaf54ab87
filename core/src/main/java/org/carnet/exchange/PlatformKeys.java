// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import org.carnet.did.DidDocument;

/// Finds out which keys a platform has, wherever its DID says.
@FunctionalInterface
public interface PlatformKeys {
    Answer resolve(String did);

    /// A document, or why there is none.
    sealed interface Answer {}

    record Found(DidDocument document) implements Answer {}

    record NotFound(String why) implements Answer {}
}
