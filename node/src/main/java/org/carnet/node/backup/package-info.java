// SPDX-License-Identifier: Apache-2.0
/// Backups of the record and of what it takes to go on with it: made while writes go on, sealed, drilled, restored.
@NullMarked
package org.carnet.node.backup;

import org.jspecify.annotations.NullMarked;
