// SPDX-License-Identifier: Apache-2.0
/// Small files of the node's data directory: whole or not there, and secret ones for the node's user only.
@NullMarked
package org.carnet.node.files;

import org.jspecify.annotations.NullMarked;
