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

/// Reads no body beyond a limit, whether its length is announced or not.
final class BodyLimitFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final int limit;

    BodyLimitFilter(int limit) {
        this.limit = limit;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getContentLengthLong() > limit) ProblemWriter.write(response, tooLarge());
        else if (request.getContentLengthLong() >= 0) chain.doFilter(request, response);
        else chain.doFilter(new Limited(request), response);
    }

    private Problem tooLarge() {
        return new Problem(ProblemType.TOO_LARGE, "A body has at most " + limit + " bytes.");
    }

    private final class Limited extends HttpServletRequestWrapper {
        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream());
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(
                    new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private final class Counted extends ServletInputStream {
        private final ServletInputStream body;
        private long read;

        Counted(ServletInputStream body) {
            this.body = body;
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
            if (read > limit) throw tooLarge();
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
