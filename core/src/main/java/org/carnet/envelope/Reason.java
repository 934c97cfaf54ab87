// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import java.util.Locale;

/// Why an update was not accepted; each is a page of `docs/problems` by its slug.
public enum Reason {
    MALFORMED_ENVELOPE(
            400,
            false,
            "Malformed envelope",
            "The bytes are not one JWS or COSE_Sign1 in the form that a signed update has."),
    MALFORMED_SENML(
            400,
            true,
            "Malformed SenML",
            "The signature is good, but what was signed is not a SenML pack of this thing."),
    UNSUPPORTED_ALGORITHM(
            400,
            false,
            "Unsupported algorithm",
            "The signature's algorithm is neither Ed25519 nor ECDSA on P-256 with SHA-256."),
    TOO_LARGE(413, false, "Too large", "The pack is longer than this node takes."),
    UNKNOWN_THING(
            404,
            false,
            "Unknown thing",
            "No thing is registered here by the identifier in the pack."),
    WRONG_KEY(
            403,
            false,
            "Wrong key",
            "The pack is signed by a key that is neither the thing's nor its gateway's."),
    BAD_SIGNATURE(
            401,
            false,
            "Bad signature",
            "The signature does not belong to these bytes and this key."),
    REPLAY(409, true, "Replay", "A pack with this sequence number has already been accepted."),
    STALE_SEQUENCE(
            409,
            true,
            "Stale sequence number",
            "The sequence number lies too far below the highest one to tell whether it is a"
                    + " replay."),
    CLOCK_SKEW(
            400, true, "Clock skew", "The time of signing is too far from the time of this node."),
    RATE_LIMITED(429, false, "Rate limited", "The thing sends faster than this node allows."),
    WRONG_ROUTE(
            403,
            true,
            "Wrong route",
            "The pack did not come by the way, direct or by gateway, that the thing is registered"
                    + " for."),
    UNMAPPED_PROPERTY(
            403, true, "Unmapped property", "No mapping lets this property feed an avatar."),
    MAPPING_NOT_STARTED(
            403, true, "Mapping not started", "The mapping of this property has not begun yet."),
    MAPPING_EXPIRED(403, true, "Mapping expired", "The mapping of this property is past its end."),
    MAPPING_PAUSED(
            403, true, "Mapping paused", "The owner has paused the mapping of this property."),
    MAPPING_ENDED(403, true, "Mapping ended", "The owner has ended the mapping of this property."),
    SUSPENDED(
            403,
            true,
            "Suspended",
            "The thing may not send for now: its owner said so, or what it did looked like fraud."),
    REVOKED_KEY(
            403,
            true,
            "Revoked key",
            "The pack is signed by a key that the thing no longer has: it was replaced or"
                    + " revoked."),
    DECOMMISSIONED(410, true, "Decommissioned", "The thing was taken out of service for good."),
    STORAGE_FULL(
            507,
            false,
            "Storage full",
            "The node cannot make the pack durable until its disk has room again."),
    UNAVAILABLE(503, false, "Unavailable", "The node cannot take the pack now.");

    private final int status;
    private final boolean identified;
    private final String title;
    private final String explanation;

    Reason(int status, boolean identified, String title, String explanation) {
        this.status = status;
        this.identified = identified;
        this.title = title;
        this.explanation = explanation;
    }

    /// The name on the wire, such as `stale-sequence`.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The HTTP status that goes with it.
    public int status() {
        return status;
    }

    /// Whether it is said only after a good signature, so that it can be recorded against somebody.
    public boolean identified() {
        return identified;
    }

    public String title() {
        return title;
    }

    /// One sentence for whoever meets it.
    public String explanation() {
        return explanation;
    }
}
