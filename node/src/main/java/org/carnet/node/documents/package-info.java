// SPDX-License-Identifier: Apache-2.0
/// The node's interface as documents: OpenAPI for requests, AsyncAPI for streams.
@NullMarked
package org.carnet.node.documents;

import org.jspecify.annotations.NullMarked;
