// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.report;

import org.carnet.Bytes;
import org.carnet.envelope.SignedPack;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.node.points.Disclosures.Disclosed;
import org.carnet.node.points.Permissions;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Who stands behind the pseudonyms of records: names that the details and their mappings tell, each tried under the record's own key.
///
/// A name that fits is the right one, because nobody finds another with the same pseudonym. It remembers so many names and
/// no more.
final class Names {
    private static final int MOST_REMEMBERED = 4096;

    private final Set<String> known = new LinkedHashSet<>();

    private final Permissions permissions;

    Names(Collection<String> known, Permissions permissions) {
        this.known.addAll(known);
        this.permissions = permissions;
    }

    Optional<String> of(Pseudonym pseudonym, Disclosed disclosed) {
        if (pseudonym.equals(Pseudonym.NOBODY) || disclosed.details().isEmpty()) {
            return Optional.empty();
        }
        return known.stream()
                .filter(name -> disclosed.pseudonyms().apply(name).equals(pseudonym))
                .findFirst();
    }

    /// Learns the names in a record's details.
    void learn(Disclosed disclosed) {
        disclosed.details().ifPresent(details -> learn(disclosed.record().kind(), details));
    }

    private void learn(Record.Kind kind, Bytes details) {
        if (kind == Record.Kind.RECEIVED) {
            if (SignedPack.decode(details) instanceof SignedPack pack) {
                learn(pack.thing().value());
                learn(pack.signer().value());
            }
            return;
        }
        try {
            var json = JsonMapper.shared().readTree(details.unsafeArray());
            learn(json);
            permissions
                    .permission(json.path("mapping").asString(""))
                    .ifPresent(permission -> learn(permission.mapping().avatar()));
        } catch (JacksonException other) {
            // Details that are no JSON name nobody.
        }
    }

    private void learn(JsonNode json) {
        if (json.isString()) learn(json.stringValue());
        for (var member : json.values()) learn(member);
    }

    private void learn(String name) {
        if (known.size() < MOST_REMEMBERED && !name.isEmpty() && name.length() <= 256) {
            known.add(name);
        }
    }
}
