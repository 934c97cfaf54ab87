// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.Bytes;
import org.carnet.credential.Refused;
import org.carnet.credential.TokenStatusList;
import org.carnet.credential.VerificationMethods;
import org.carnet.credential.VerifiedSdJwt;
import org.carnet.exchange.DoubleVerifier;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// What platforms say of their avatars' credentials in Token Status Lists.
///
/// A credential that names no list could never be taken back, and is refused.
final class TokenStatusChecks implements DoubleVerifier.AvatarStatus {
    private final VerificationMethods methods;
    private final KeptLists<TokenStatusList> lists;

    /// @param ttl how long a copy is used without asking again, at most
    /// @param age how long a copy is used at all
    TokenStatusChecks(ListSource source, VerificationMethods methods, Duration ttl, Duration age) {
        this.methods = methods;
        this.lists = new KeptLists<>(source, this::read, ttl, age);
    }

    @Override
    public @Nullable String refusal(VerifiedSdJwt credential, Instant now) {
        var status = credential.claims().path("status").path("status_list");
        var uri = status.path("uri");
        var index = status.path("idx");
        if (!uri.isString() || !index.isIntegralNumber() || !index.canConvertToLong())
            return "the avatar's credential has no entry in a status list";
        return switch (lists.find(uri.stringValue(), now)) {
            case KeptLists.Unreadable<TokenStatusList>(var why) -> told(why);
            case KeptLists.Read<TokenStatusList> read ->
                    read.list()
                            .refusal(index.longValue(), credential.issuer())
                            .map(TokenStatusChecks::told)
                            .orElse(null);
        };
    }

    private static String told(Refused refused) {
        return refused.flaw() + ": " + refused.why();
    }

    private KeptLists.Reading<TokenStatusList> read(Bytes text, String url, Instant now) {
        return switch (TokenStatusList.verify(text.toUtf8().strip(), url, methods, now)) {
            case TokenStatusList.Read(var list) ->
                    new KeptLists.Read<>(list, list.ttl(), list.until());
            case TokenStatusList.Unreadable(var refused) -> new KeptLists.Unreadable<>(refused);
        };
    }
}
