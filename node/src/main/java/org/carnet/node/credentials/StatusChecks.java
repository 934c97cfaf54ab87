// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.Bytes;
import org.carnet.credential.BitstringList;
import org.carnet.credential.CredentialVerdict;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.Flaw;
import org.carnet.credential.Refused;
import org.carnet.credential.StatusEntry;
import org.carnet.credential.VerifiedCredential;
import org.carnet.jose.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What issuers say of their credentials in Bitstring Status Lists.
final class StatusChecks implements CredentialVerifier.StatusCheck {
    private final CredentialVerifier verifier;
    private final KeptLists<BitstringList> lists;

    /// @param verifier checks the lists, which have no status themselves
    /// @param ttl how long a copy is used without asking again, at most
    /// @param age how long a copy is used at all
    StatusChecks(ListSource source, CredentialVerifier verifier, Duration ttl, Duration age) {
        this.verifier = verifier;
        this.lists = new KeptLists<>(source, this::read, ttl, age);
    }

    /// The lists that are kept, the one used last at the end.
    List<KeptLists.Known> known() {
        return lists.known();
    }

    @Override
    public Optional<Refused> refusal(ObjectNode status, String issuer, Instant now) {
        StatusEntry entry;
        try {
            entry = StatusEntry.parse(status);
        } catch (IllegalArgumentException e) {
            return Optional.of(new Refused(Flaw.STATUS_INVALID, String.valueOf(e.getMessage())));
        }
        return switch (lists.find(entry.list(), now)) {
            case KeptLists.Unreadable<BitstringList>(var why) -> Optional.of(why);
            case KeptLists.Read<BitstringList> read -> read.list().refusal(entry, issuer);
        };
    }

    private KeptLists.Reading<BitstringList> read(Bytes text, String url, Instant now) {
        try {
            return switch (verifier.verify(Json.object(text), now)) {
                case CredentialVerdict.Rejected(var reasons) ->
                        invalid("the status list does not hold: " + reasons.getFirst().why());
                case VerifiedCredential verified ->
                        switch (BitstringList.of(verified, url)) {
                            case BitstringList.Read(var list) ->
                                    new KeptLists.Read<>(list, list.ttl(), list.until());
                            case BitstringList.Unreadable(var refused) ->
                                    new KeptLists.Unreadable<>(refused);
                        };
            };
        } catch (IllegalArgumentException e) {
            return invalid("the status list is " + e.getMessage());
        }
    }

    private static KeptLists.Reading<BitstringList> invalid(String why) {
        return new KeptLists.Unreadable<>(new Refused(Flaw.STATUS_INVALID, why));
    }
}
