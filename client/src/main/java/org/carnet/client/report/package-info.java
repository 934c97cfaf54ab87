// SPDX-License-Identifier: Apache-2.0
/// A report for audit: what happened to somebody's data, signed by its node and verifiable offline (docs/wire/report.md).
@NullMarked
package org.carnet.client.report;

import org.jspecify.annotations.NullMarked;
