// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import java.time.Duration;

/// What a watch measured at one moment of a recording.
///
/// @param offset since the start of the recording, pauses between its executions left out
/// @param acceleration in m/s², gravity included
/// @param rotation in rad/s
/// @param activity what the person did, as labelled by the makers of the data set
public record Sample(Duration offset, Vector acceleration, Vector rotation, String activity) {

    /// Three numbers along the axes of the watch.
    public record Vector(double x, double y, double z) {}
}
