// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.problems;

import org.carnet.envelope.Reason;

import java.util.List;
import java.util.stream.Stream;

/// A kind of problem: what it is called on the wire, its HTTP status and its title; `docs/problems/<slug>.md` explains it.
public record ProblemType(String slug, int status, String title) {
    public static final ProblemType MALFORMED_REQUEST =
            new ProblemType("malformed-request", 400, "Malformed request");
    public static final ProblemType UNAUTHORIZED =
            new ProblemType("unauthorized", 401, "Unauthorized");
    public static final ProblemType STEP_UP_REQUIRED =
            new ProblemType("step-up-required", 401, "Prove again who you are");
    public static final ProblemType FORBIDDEN = new ProblemType("forbidden", 403, "Forbidden");
    public static final ProblemType NOT_FOUND = new ProblemType("not-found", 404, "Not found");
    public static final ProblemType METHOD_NOT_ALLOWED =
            new ProblemType("method-not-allowed", 405, "Method not allowed");
    public static final ProblemType NOT_ACCEPTABLE =
            new ProblemType("not-acceptable", 406, "Not acceptable");
    public static final ProblemType CONFLICT = new ProblemType("conflict", 409, "Conflict");
    public static final ProblemType UNSUPPORTED_MEDIA_TYPE =
            new ProblemType("unsupported-media-type", 415, "Unsupported media type");
    public static final ProblemType INCONSISTENT =
            new ProblemType("inconsistent", 422, "Inconsistent");
    public static final ProblemType CREDENTIAL_REFUSED =
            new ProblemType("credential-refused", 400, "Credential refused");
    public static final ProblemType ATTESTATION_REFUSED =
            new ProblemType("attestation-refused", 403, "Attestation refused");
    public static final ProblemType EXCHANGE_REFUSED =
            new ProblemType("exchange-refused", 403, "Exchange refused");
    public static final ProblemType INTERNAL = new ProblemType("internal", 500, "Internal error");
    public static final ProblemType TOO_LARGE = of(Reason.TOO_LARGE);
    public static final ProblemType STORAGE_FULL = of(Reason.STORAGE_FULL);
    public static final ProblemType UNAVAILABLE = of(Reason.UNAVAILABLE);

    private static final List<ProblemType> ALL =
            Stream.concat(
                            Stream.of(
                                    MALFORMED_REQUEST,
                                    UNAUTHORIZED,
                                    STEP_UP_REQUIRED,
                                    FORBIDDEN,
                                    NOT_FOUND,
                                    METHOD_NOT_ALLOWED,
                                    NOT_ACCEPTABLE,
                                    CONFLICT,
                                    UNSUPPORTED_MEDIA_TYPE,
                                    INCONSISTENT,
                                    CREDENTIAL_REFUSED,
                                    ATTESTATION_REFUSED,
                                    EXCHANGE_REFUSED,
                                    INTERNAL),
                            Stream.of(Reason.values()).map(ProblemType::of))
                    .toList();

    /// Every type there is: those of the interface, and the reasons why an update is refused.
    public static List<ProblemType> all() {
        return ALL;
    }

    public static ProblemType of(Reason reason) {
        return new ProblemType(reason.slug(), reason.status(), reason.title());
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
            case 429 -> of(Reason.RATE_LIMITED);
            case 503 -> UNAVAILABLE;
            default -> status < 500 ? MALFORMED_REQUEST : INTERNAL;
        };
    }

    /// What `type` says in the problem details; the page is served there.
    public String path() {
        return "/problems/" + slug;
    }
}
