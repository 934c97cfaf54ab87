// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A status list of somebody's as a verified credential: what is revoked, or what is suspended (Bitstring Status List v1.0).
///
/// Only [CredentialVerifier] lets one pass whose proof holds; [#of] then reads it.
///
/// @param url where it was found
/// @param issuer who signed it
/// @param purpose what a set bit says
/// @param ttl how long a copy may be used without asking again, if its issuer says
/// @param until when it ends, if its issuer says
public record BitstringList(
        String url,
        String issuer,
        String purpose,
        Bytes bits,
        @Nullable Duration ttl,
        @Nullable Instant until) {
    private static final String TYPE = "BitstringStatusListCredential";

    /// The list in a credential that was verified.
    ///
    /// @param url where it was found
    public static Reading of(VerifiedCredential verified, String url) {
        try {
            return read(verified.credential(), url);
        } catch (Flawed e) {
            return new Unreadable(e.refused());
        }
    }

    /// A list, or why it is none.
    public sealed interface Reading {}

    public record Read(BitstringList list) implements Reading {}

    public record Unreadable(Refused refused) implements Reading {}

    private static Reading read(Credential credential, String url) throws Flawed {
        if (!credential.types().contains(TYPE)) throw flawed("the status list is no " + TYPE);
        var id = credential.json().path("id").stringValue(url);
        if (!id.equals(url)) throw flawed("the status list says to be another list");
        if (credential.subjects().size() != 1) throw flawed("the status list has several subjects");
        var subject = credential.subjects().getFirst();
        if (!"BitstringStatusList".equals(subject.path("type").stringValue("")))
            throw flawed("the subject of the status list is no BitstringStatusList");
        var purpose = subject.path("statusPurpose").stringValue("");
        Bytes bits;
        try {
            bits = StatusList.ofBitstring(subject.path("encodedList").stringValue(""));
        } catch (IllegalArgumentException e) {
            throw flawed(String.valueOf(e.getMessage()));
        }
        if (bits.length() * 8L < StatusList.SIZE)
            throw new Flawed(
                    Flaw.STATUS_LIST_TOO_SHORT,
                    "the status list has fewer than " + StatusList.SIZE + " entries");
        var ttl = subject.get("ttl");
        return new Read(
                new BitstringList(
                        url,
                        credential.issuer(),
                        purpose,
                        bits,
                        ttl == null ? null : Duration.ofMillis(Math.max(0, ttl.longValue(0))),
                        credential.validUntil()));
    }

    /// What the list says of the entry of a credential by this issuer; empty means that it still holds.
    ///
    /// A list of somebody else's is not believed: anybody could publish one.
    public Optional<Refused> refusal(StatusEntry entry, String issuer) {
        if (!this.issuer.equals(issuer))
            return refused(
                    Flaw.STATUS_INVALID,
                    "the status list is not signed by the issuer of the credential");
        if (!purpose.equals(entry.purpose()))
            return refused(
                    Flaw.STATUS_INVALID, "the status list tells of another purpose than the entry");
        return switch (StatusList.bitstringAt(bits, entry.index(), 1)) {
            case 0 -> Optional.empty();
            case 1 ->
                    refused(
                            purpose.equals(Status.SUSPENDED.purpose())
                                    ? Flaw.SUSPENDED
                                    : Flaw.REVOKED,
                            "its issuer has set its bit for " + purpose);
            default -> refused(Flaw.STATUS_INVALID, "the status list has no such index");
        };
    }

    private static Optional<Refused> refused(Flaw flaw, String why) {
        return Optional.of(new Refused(flaw, why));
    }

    /// An own list, still to be signed.
    ///
    /// @param until from when on nobody may believe it any more
    public static ObjectNode unsigned(
            String url,
            String issuer,
            StatusList list,
            Status told,
            Instant from,
            Instant until,
            Duration ttl) {
        var json = Json.object();
        json.putArray("@context").add(Credential.V2);
        json.put("id", url);
        json.putArray("type").add("VerifiableCredential").add(TYPE);
        json.put("issuer", issuer);
        json.put("validFrom", DateTimeStamp.of(from));
        json.put("validUntil", DateTimeStamp.of(until));
        json.putObject("credentialSubject")
                .put("id", url + "#list")
                .put("type", "BitstringStatusList")
                .put("statusPurpose", told.purpose())
                .put("ttl", ttl.toMillis())
                .put("encodedList", list.bitstring(told));
        return json;
    }

    private static Flawed flawed(String why) {
        return new Flawed(Flaw.STATUS_INVALID, why);
    }
}
