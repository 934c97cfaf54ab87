// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.node.points.StorageFull;
import org.carnet.node.points.SubjectForgotten;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// Answers whatever a handler throws with a problem; what nobody expected is logged and told to nobody else.
final class ProblemResolver implements HandlerExceptionResolver {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemResolver.class);

    @Override
    public ModelAndView resolveException(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler,
            Exception exception) {
        try {
            if (!(exception instanceof AsyncRequestNotUsableException)) {
                if (exception instanceof ErrorResponse known) {
                    known.getHeaders()
                            .forEach(
                                    (name, values) ->
                                            values.forEach(
                                                    value -> response.addHeader(name, value)));
                }
                ProblemWriter.write(response, problem(exception));
            }
        } catch (IOException e) {
            LOG.debug("the caller has gone before the answer", e);
        }
        return new ModelAndView();
    }

    private static Problem problem(Throwable thrown) {
        return switch (thrown) {
            case Problem problem -> problem;
            case CompletionException wrapper when wrapper.getCause() != null ->
                    problem(wrapper.getCause());
            case ExecutionException wrapper when wrapper.getCause() != null ->
                    problem(wrapper.getCause());
            case StorageFull _ ->
                    new Problem(
                            ProblemType.STORAGE_FULL,
                            "Nothing was recorded; try again when there is room.");
            case SubjectForgotten _ ->
                    new Problem(
                            ProblemType.CONFLICT,
                            "The subject was forgotten; nothing more is recorded of it.");
            case NoHandlerFoundException _, NoResourceFoundException _ ->
                    new Problem(ProblemType.NOT_FOUND, "No resource has this path.");
            case TypeMismatchException mismatch ->
                    new Problem(
                            ProblemType.MALFORMED_REQUEST,
                            "The parameter " + mismatch.getPropertyName() + " cannot be read.");
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case ErrorResponse known -> known(known);
            default -> {
                LOG.error("a request failed for a reason that nobody expected", thrown);
                yield new Problem(
                        ProblemType.INTERNAL, "The reason stands in the log of the node.");
            }
        };
    }

    private static Problem known(ErrorResponse known) {
        var type = ProblemType.ofStatus(known.getStatusCode().value());
        var detail = known.getBody().getDetail();
        return new Problem(type, detail == null ? type.title() + "." : detail);
    }

    private static Problem unreadable(HttpMessageNotReadableException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) return problem;
            if (cause instanceof IllegalArgumentException wrong && wrong.getMessage() != null) {
                return new Problem(ProblemType.MALFORMED_REQUEST, wrong.getMessage());
            }
            if (cause instanceof JacksonException json
                    && !(json.getCause() instanceof IllegalArgumentException)) {
                return new Problem(
                        ProblemType.MALFORMED_REQUEST,
                        "The body is not the JSON that is expected" + place(json) + ".");
            }
        }
        return new Problem(ProblemType.MALFORMED_REQUEST, "The body is missing or cannot be read.");
    }

    /// Where in the JSON the trouble is; Jackson's own words name classes of the program.
    private static String place(JacksonException json) {
        var place = new StringBuilder();
        for (var step : json.getPath()) {
            if (step.getPropertyName() != null)
                place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
            else place.append('[').append(step.getIndex()).append(']');
        }
        if (!place.isEmpty()) place.insert(0, " at ");
        var location = json.getLocation();
        if (location != null && location.getLineNr() > 0) {
            place.append(", line ")
                    .append(location.getLineNr())
                    .append(" column ")
                    .append(location.getColumnNr());
        }
        return place.toString();
    }
}
