// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import java.io.IOException;

/// A chain cannot be reached or does not do what it was asked to; its message is one sentence without secrets.
///
/// What was anchored stays anchored, and what was not is tried again.
public final class ChainFailure extends IOException {
    private static final long serialVersionUID = 1;

    ChainFailure(String sentence) {
        super(sentence);
    }
}
