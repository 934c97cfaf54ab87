// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.problems;

import org.carnet.envelope.Refused;

import java.util.LinkedHashMap;
import java.util.Map;

/// Thrown by whoever answers a request and cannot: it becomes the answer.
///
/// The detail is one sentence for the caller, without personal data and without anything of the program's inside.
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ProblemType type;
    private final String detail;
    private final transient Map<String, Object> more;

    public Problem(ProblemType type, String detail) {
        this(type, detail, Map.of());
    }

    /// @param more members beyond those of every problem (RFC 9457 section 3.2)
    public Problem(ProblemType type, String detail, Map<String, Object> more) {
        super(type.slug() + ": " + detail, null, false, false);
        this.type = type;
        this.detail = detail;
        this.more = Map.copyOf(more);
    }

    public static Problem of(Refused refused) {
        return new Problem(ProblemType.of(refused.reason()), refused.detail());
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return detail;
    }

    /// The members of the problem details, in the order of RFC 9457.
    public Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", type.path());
        members.put("title", type.title());
        members.put("status", type.status());
        members.put("detail", detail);
        members.putAll(more);
        return members;
    }
}
