// SPDX-License-Identifier: Apache-2.0
/// The web server that carries the node's interface: connectors, limits, headers, pages.
@NullMarked
package org.carnet.node.web;

import org.jspecify.annotations.NullMarked;
