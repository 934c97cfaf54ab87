// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// An identifier of did:webvh 1.0: a hash of how it began, and where its history is published.
///
/// ```text
/// did:webvh:QmSCID:agora.example            https://agora.example/.well-known/did.jsonl
/// did:webvh:QmSCID:localhost%3A8443:world   https://localhost:8443/world/did.jsonl
/// ```
///
/// One that exists names a host and never an address, so that a DID from a stranger cannot send a resolver to an address
/// inside a network; percent encoding stands for the colon of a port and for nothing else.
///
/// @param location everything behind the SCID, as it stands in the identifier
/// @param port or -1 for the usual one
public record DidWebvh(String scid, String location, String host, int port, List<String> path) {
    static final String PREFIX = "did:webvh:";

    private static final int LONGEST = 512;
    private static final String DIGITS = "[1-9A-HJ-NP-Za-km-z]";
    private static final Pattern SCID = Pattern.compile("Qm" + DIGITS + "{44}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    public DidWebvh {
        path = List.copyOf(path);
    }

    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static DidWebvh parse(String text) {
        if (!text.startsWith(PREFIX) || text.length() > LONGEST)
            throw new IllegalArgumentException("the DID is not one of did:webvh");
        var rest = text.substring(PREFIX.length());
        int colon = rest.indexOf(':');
        if (colon < 0 || !SCID.matcher(rest.substring(0, colon)).matches())
            throw new IllegalArgumentException("the DID has no SCID of SHA-256");
        return at(rest.substring(0, colon), rest.substring(colon + 1));
    }

    /// The identifier with this SCID at this place.
    static DidWebvh at(String scid, String location) {
        var parts = Arrays.asList(location.split(":", -1));
        var authority = parts.getFirst().split("%3A", 2);
        int port = authority.length == 1 ? -1 : port(authority[1]);
        var path = parts.subList(1, parts.size());
        if (!isName(authority[0]))
            throw new IllegalArgumentException("the DID names no host, or names an address");
        if (!path.stream().allMatch(segment -> SEGMENT.matcher(segment).matches()))
            throw new IllegalArgumentException("the path of the DID is not made of plain names");
        return new DidWebvh(scid, location, authority[0], port, path);
    }

    private static int port(String text) {
        if (PORT.matcher(text).matches() && Integer.parseInt(text) < 65536)
            return Integer.parseInt(text);
        throw new IllegalArgumentException("the port of the DID is no port");
    }

    /// A host name whose last label is no number: what ends in one is an address to those who connect.
    private static boolean isName(String host) {
        var labels = Arrays.asList(host.split("\\.", -1));
        var last = labels.getLast();
        return host.length() <= 253
                && labels.stream().allMatch(label -> LABEL.matcher(label).matches())
                && !Character.isDigit(last.charAt(0));
    }

    /// The DID itself.
    public String value() {
        return PREFIX + scid + ":" + location;
    }

    /// Where its history is published.
    public URI log() {
        return URI.create(base() + (path.isEmpty() ? ".well-known/" : "") + "did.jsonl");
    }

    /// Where the approvals of its witnesses are published.
    public URI witnesses() {
        return URI.create(base() + (path.isEmpty() ? ".well-known/" : "") + "did-witness.json");
    }

    /// The folder of what belongs to the DID, with a slash behind.
    public URI base() {
        var authority = port < 0 ? host : host + ":" + port;
        var folders = path.isEmpty() ? "" : String.join("/", path) + "/";
        return URI.create("https://" + authority + "/" + folders);
    }

    @Override
    public String toString() {
        return value();
    }
}
