// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.carnet.node.problems.ProblemWriter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Reads no body beyond a limit, whether its length is announced or not.
final class BodyLimitFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final int limit;
    private final transient Map<String, Integer> wider;

    /// @param wider the limits of what lies below some paths
    BodyLimitFilter(int limit, Map<String, Integer> wider) {
        this.limit = limit;
        this.wider = Map.copyOf(wider);
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        int most = limit(request.getServletPath());
        long announced = request.getContentLengthLong();
        if (announced > most) ProblemWriter.write(response, tooLarge(most));
        else if (announced >= 0) chain.doFilter(request, response);
        else chain.doFilter(new Limited(request, most), response);
    }

    private int limit(String path) {
        return wider.entrySet().stream()
                .filter(one -> path.startsWith(one.getKey()))
                .mapToInt(Map.Entry::getValue)
                .findFirst()
                .orElse(limit);
    }

    private static Problem tooLarge(int limit) {
        return new Problem(ProblemType.TOO_LARGE, "A body has at most " + limit + " bytes.");
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final int limit;

        Limited(HttpServletRequest request, int limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), limit);
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(
                    new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream body;
        private final int limit;
        private long read;

        Counted(ServletInputStream body, int limit) {
            this.body = body;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = body.read();
            if (value >= 0) count(1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = body.read(buffer, offset, length);
            if (count > 0) count(count);
            return count;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > limit) throw tooLarge(limit);
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
