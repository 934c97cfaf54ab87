// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.Bytes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Notes in an address when somebody was sent away from it, so that only this start of the node could have.
///
/// ```text
/// &asked=<milliseconds since 1970>.<base64url(HMAC-SHA-256(key, milliseconds, space, the query before))>
/// ```
final class Marks {
    private static final int LENGTH = 32;
    private static final Pattern MARKED =
            Pattern.compile("(.*)&asked=(\\d{1,15})\\.([A-Za-z0-9_-]{43})", Pattern.DOTALL);
    private static final Pattern MARK = Pattern.compile("&asked=[^&]*");

    private final SecretKeySpec key;

    Marks(SecureRandom random) {
        var secret = new byte[LENGTH];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    String mark(String query, Instant now) {
        var time = Long.toString(now.toEpochMilli());
        return query + "&asked=" + time + "." + mac(time, query);
    }

    String without(String query) {
        return MARK.matcher(query).replaceAll("");
    }

    /// When it was noted; empty if it was not, or not for this query.
    Optional<Instant> read(String query) {
        var parts = MARKED.matcher(query);
        if (!parts.matches()) return Optional.empty();
        var given = parts.group(3).getBytes(StandardCharsets.US_ASCII);
        var right = mac(parts.group(2), parts.group(1)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(given, right)
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    private String mac(String time, String query) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            var text = time + " " + query;
            return Bytes.unsafe(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))).toBase64Url();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
        }
    }
}
