// SPDX-License-Identifier: Apache-2.0
package org.carnet.client.report;

import java.util.List;

/// What came of checking a report.
public sealed interface ReportVerdict {
    /// Everything in it is as the node signed it, and stands in the log.
    ///
    /// @param cosigners who else signed its checkpoint and was asked for
    record Verified(Report report, List<String> cosigners) implements ReportVerdict {}

    /// Something is not; the sentence names the line.
    record Refused(String why) implements ReportVerdict {}
}
