// SPDX-License-Identifier: Apache-2.0
/// Forgets what was kept of a subject, everywhere, with a tombstone on the record and a receipt for who asked.
@NullMarked
package org.carnet.node.forgetting;

import org.jspecify.annotations.NullMarked;
