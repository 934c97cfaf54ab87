// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

/// What a node that anchors has: where it does, and what it knows of it.
record Anchoring(AnchorSite site, AnchorStore store) {}
