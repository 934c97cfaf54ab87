// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.Bytes;

import java.io.IOException;
import java.net.URI;

/// Where the status lists of others come from: the network, or the memory of a test.
@FunctionalInterface
interface ListSource {
    /// @throws IOException if the list cannot be had now
    Bytes fetch(URI list) throws IOException;
}
