// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.problems;

import jakarta.servlet.http.HttpServletResponse;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

/// Writes a problem as the answer, whatever the caller said it accepts.
public final class ProblemWriter {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonMapper JSON = JsonMapper.shared();

    private ProblemWriter() {}

    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) return;
        response.resetBuffer();
        response.setStatus(problem.type().status());
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(JSON.writeValueAsBytes(problem.members()));
    }
}
