// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.problems;

import java.util.List;

/// A kind of problem: what it is called on the wire, its HTTP status and its title; `docs/problems/<slug>.md` explains it.
public record ProblemType(String slug, int status, String title) {
    public static final ProblemType MALFORMED_REQUEST =
            new ProblemType("malformed-request", 400, "The request is not as the API describes it");
    public static final ProblemType UNAUTHORIZED =
            new ProblemType(
                    "unauthorized", 401, "The request carries no token that this node knows");
    public static final ProblemType FORBIDDEN =
            new ProblemType("forbidden", 403, "This may not be done from here");
    public static final ProblemType NOT_FOUND =
            new ProblemType("not-found", 404, "There is nothing here");
    public static final ProblemType METHOD_NOT_ALLOWED =
            new ProblemType("method-not-allowed", 405, "This cannot be done to it");
    public static final ProblemType NOT_ACCEPTABLE =
            new ProblemType(
                    "not-acceptable", 406, "It does not exist in the form that is asked for");
    public static final ProblemType CONFLICT =
            new ProblemType("conflict", 409, "It contradicts what is already so");
    public static final ProblemType TOO_LARGE =
            new ProblemType("too-large", 413, "It is longer than this node reads");
    public static final ProblemType UNSUPPORTED_MEDIA_TYPE =
            new ProblemType(
                    "unsupported-media-type", 415, "The body is of a type that is not read here");
    public static final ProblemType INTERNAL =
            new ProblemType("internal", 500, "The node has made a mistake");
    public static final ProblemType UNAVAILABLE =
            new ProblemType("unavailable", 503, "The node cannot answer now");
    public static final ProblemType STORAGE_FULL =
            new ProblemType("storage-full", 507, "The node has no room for another record");

    /// Every type there is.
    public static List<ProblemType> all() {
        return List.of(
                MALFORMED_REQUEST,
                UNAUTHORIZED,
                FORBIDDEN,
                NOT_FOUND,
                METHOD_NOT_ALLOWED,
                NOT_ACCEPTABLE,
                CONFLICT,
                TOO_LARGE,
                UNSUPPORTED_MEDIA_TYPE,
                INTERNAL,
                UNAVAILABLE,
                STORAGE_FULL);
    }

    /// The type that stands for an HTTP status when nothing more is known.
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> CONFLICT;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 503 -> UNAVAILABLE;
            default -> status < 500 ? MALFORMED_REQUEST : INTERNAL;
        };
    }

    /// What `type` says in the problem details; the page is served there.
    public String path() {
        return "/problems/" + slug;
    }
}
