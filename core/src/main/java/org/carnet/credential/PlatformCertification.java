// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.jose.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a certifier says of a platform: how far it was examined, for what, and how long that counts (FGMV-44 clause 8.3).
///
/// @param platform the DID of the platform
/// @param scope for what, in words of the certifier such as `crossing`; at least one
/// @param until when it ends; no certification is for ever
public record PlatformCertification(
        String platform, Level level, List<String> scope, Instant from, Instant until) {
    public static final String TYPE = "PlatformCertification";
    private static final Pattern DID = Pattern.compile("did:[a-z0-9]+:[A-Za-z0-9._:%-]{1,500}");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final int MOST_WORDS = 32;

    /// How far a platform was examined; each includes the ones before.
    public enum Level {
        /// It says so itself, and the certifier knows who it is.
        BASIC,
        /// The certifier looked at its papers.
        SUBSTANTIAL,
        /// The certifier tested it.
        HIGH;

        /// As it stands in the credential.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @throws IllegalArgumentException if there is no such level
        public static Level of(String word) {
            for (var level : values()) if (level.word().equals(word)) return level;
            throw new IllegalArgumentException("the level is basic, substantial or high");
        }
    }

    public PlatformCertification {
        scope = List.copyOf(scope);
        if (!DID.matcher(platform).matches())
            throw new IllegalArgumentException("the platform is not named by a DID");
        if (scope.isEmpty() || scope.size() > MOST_WORDS)
            throw new IllegalArgumentException("the scope has 1 to " + MOST_WORDS + " words");
        for (var word : scope)
            if (!WORD.matcher(word).matches())
                throw new IllegalArgumentException(
                        "a word of the scope has lower-case letters, digits and hyphens");
        if (!from.isBefore(until))
            throw new IllegalArgumentException("the certification ends before it starts");
    }

    /// The credential, still to be signed. Its words are defined in itself, so nobody has to fetch what they mean.
    public ObjectNode unsigned(String certifier) {
        var json = Json.object();
        var words = json.putArray("@context").add(Credential.V2).addObject();
        for (var word : List.of(TYPE, "level", "scope")) words.put(word, "urn:carnet:" + word);
        json.putArray("type").add("VerifiableCredential").add(TYPE);
        json.put("issuer", certifier);
        json.put("validFrom", DateTimeStamp.of(from));
        json.put("validUntil", DateTimeStamp.of(until));
        var subject =
                json.putObject("credentialSubject").put("id", platform).put("level", level.word());
        var list = subject.putArray("scope");
        scope.forEach(list::add);
        return json;
    }

    /// What a verified credential certifies.
    ///
    /// @throws IllegalArgumentException if it is no certification, with one sentence that says why
    public static PlatformCertification of(VerifiedCredential verified) {
        var credential = verified.credential();
        if (!credential.types().contains(TYPE))
            throw new IllegalArgumentException("the credential is no " + TYPE);
        var platform = credential.subject();
        if (platform == null || credential.validFrom() == null || credential.validUntil() == null)
            throw new IllegalArgumentException(
                    "a certification has one subject, a beginning and an end");
        var subject = credential.subjects().getFirst();
        var scope = new ArrayList<String>();
        var words = subject.path("scope");
        if (words.isString()) scope.add(words.stringValue());
        for (var word : words) scope.add(word.stringValue(""));
        return new PlatformCertification(
                platform,
                Level.of(subject.path("level").stringValue("")),
                scope,
                credential.validFrom(),
                credential.validUntil());
    }
}
