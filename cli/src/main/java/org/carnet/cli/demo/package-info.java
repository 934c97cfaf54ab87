// SPDX-License-Identifier: Apache-2.0
/// The demo: real watches in two metaverses, on the record, and everything that could go wrong caught.
@NullMarked
package org.carnet.cli.demo;

import org.jspecify.annotations.NullMarked;
