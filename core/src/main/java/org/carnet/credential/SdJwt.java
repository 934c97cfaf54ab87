// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// A credential whose holder chooses which of its claims to show (RFC 9901), as text that nobody has verified yet.
///
/// ```text
/// issuer's JWT ~ disclosure ~ disclosure ~ [ key binding JWT ]
/// ```
///
/// Its holder reads it with [#claims], shows some of it with [#showing], and proves with [#bind] that it is theirs.
public final class SdJwt {
    /// The longest that is read.
    public static final int LONGEST = 64 * 1024;

    private static final int MOST_DISCLOSURES = 256;

    private final Jws jws;
    private final String jwt;
    private final List<Disclosure> disclosures;
    private final @Nullable String binding;

    private SdJwt(String jwt, List<Disclosure> disclosures, @Nullable String binding) {
        this.jws = Jws.parse(Bytes.utf8(jwt));
        this.jwt = jwt;
        this.disclosures = List.copyOf(disclosures);
        this.binding = binding;
    }

    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static SdJwt parse(String text) {
        if (text.length() > LONGEST)
            throw new IllegalArgumentException("an SD-JWT is shorter than " + LONGEST);
        var parts = Arrays.asList(text.split("~", -1));
        if (parts.size() < 2)
            throw new IllegalArgumentException(
                    "an SD-JWT has a tilde behind its JWT and behind each disclosure");
        var shown = parts.subList(1, parts.size() - 1);
        if (shown.size() > MOST_DISCLOSURES)
            throw new IllegalArgumentException("more disclosures than " + MOST_DISCLOSURES);
        var binding = parts.getLast();
        return new SdJwt(
                parts.getFirst(),
                shown.stream().map(Disclosure::parse).toList(),
                binding.isEmpty() ? null : binding);
    }

    static SdJwt issued(Bytes jwt, List<Disclosure> disclosures) {
        return new SdJwt(jwt.toUtf8(), disclosures, null);
    }

    /// The whole text, as it is stored and sent.
    public String text() {
        return binding == null ? bound() : bound() + binding;
    }

    /// What the claims are, with all that its disclosures tell; for its holder, who has no need to distrust it.
    ///
    /// @throws IllegalArgumentException if the disclosures do not belong to it
    public ObjectNode claims() {
        return unfolded().claims();
    }

    /// The same credential, showing only these claims and what they stand in.
    ///
    /// @param pointers JSON Pointers (RFC 6901) into [#claims]
    /// @throws IllegalArgumentException if one of them points to nothing that is hidden
    public SdJwt showing(Collection<String> pointers) {
        var places = unfolded().places();
        for (var pointer : pointers) {
            if (!places.containsKey(pointer))
                throw new IllegalArgumentException("nothing that can be hidden is at " + pointer);
        }
        var shown = new ArrayList<Disclosure>();
        places.forEach(
                (place, disclosure) -> {
                    if (pointers.stream().anyMatch(one -> (one + "/").startsWith(place + "/")))
                        shown.add(disclosure);
                });
        // In the order of the issuer, which tells nothing about who chose.
        return new SdJwt(jwt, disclosures.stream().filter(shown::contains).toList(), null);
    }

    /// Shows exactly this, with the proof that the holder of the key shows it (RFC 9901 section 4.3).
    public SdJwt bind(SigningKey holder, KeyBinding proof) {
        var header = Json.object();
        header.put("alg", Jws.name(holder.algorithm())).put("typ", KeyBinding.TYPE);
        var claims = Bytes.utf8(Json.text(proof.claims(hash())));
        return new SdJwt(jwt, disclosures, Jws.sign(Json.text(header), claims, holder).toUtf8());
    }

    /// What the holder's proof covers: the digest of the JWT and the disclosures, in their order.
    String hash() {
        return Digest.base64Url(bound());
    }

    Jws jws() {
        return jws;
    }

    List<Disclosure> disclosures() {
        return disclosures;
    }

    @Nullable String binding() {
        return binding;
    }

    private String bound() {
        var text = new StringBuilder(jwt).append('~');
        for (var disclosure : disclosures) text.append(disclosure.text()).append('~');
        return text.toString();
    }

    private Unfolding unfolded() {
        try {
            return Unfolding.of(Json.object(jws.payload()), disclosures);
        } catch (SdJwtFlawed e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// Tells only how much there is: claims are personal.
    @Override
    public String toString() {
        return "SD-JWT with " + disclosures.size() + " disclosures";
    }
}
