// SPDX-License-Identifier: Apache-2.0
/// People and their accounts: how they enrol, how they prove who they are, and how long that holds.
@NullMarked
package org.carnet.node.people;

import org.jspecify.annotations.NullMarked;
