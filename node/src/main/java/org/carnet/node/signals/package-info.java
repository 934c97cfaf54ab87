// SPDX-License-Identifier: Apache-2.0
/// Signs of fraud (FGMV-46 clause 7.1.6): notices them, demands a fresh proof or suspends, and lets an operator decide.
@NullMarked
package org.carnet.node.signals;

import org.jspecify.annotations.NullMarked;
