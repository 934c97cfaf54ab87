// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.log.Cosigner;

/// By what this node cosigns the logs of others, under the name `ORIGIN/witness`.
public record WitnessKey(Cosigner cosigner) {}
