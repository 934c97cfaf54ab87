// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.problems;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// Answers what Tomcat refuses before any of our code sees it, such as a path that cannot be decoded.
///
/// Tomcat makes it by its name, hence public.
public final class ProblemValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported())
            return;
        try {
            var type = ProblemType.ofStatus(status);
            ProblemWriter.write(response.getResponse(), new Problem(type, type.title() + "."));
            response.finishResponse();
        } catch (IOException e) {
            container.getLogger().debug("the caller has gone before the answer", e);
        }
    }
}
