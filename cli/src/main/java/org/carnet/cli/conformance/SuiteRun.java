// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.conformance;

import java.util.List;

/// What a suite said in one run.
///
/// @param failures the full names of the tests that failed, each with the first line of why
public record SuiteRun(int passed, int failed, int pending, List<String> failures) {
    public SuiteRun {
        failures = List.copyOf(failures);
    }
}
