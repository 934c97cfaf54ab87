// SPDX-License-Identifier: Apache-2.0
/// R2, trustworthy storage: the durable journal of sealed records, its transparency log, the subjects' keys, and their verification.
@NullMarked
package org.carnet.node.storage;

import org.jspecify.annotations.NullMarked;
