// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;

/// The history of a did:webvh from its first entry on, every rule of which holds; only [HistoryReader] makes one.
public final class DidHistory implements HistoryVerdict {
    private final List<Version> versions;
    private final Parameters parameters;

    /// One version of the document.
    ///
    /// @param id its number and the hash of all that led to it
    /// @param did where it was published then
    public record Version(String id, int number, Instant time, DidWebvh did, ObjectNode state) {
        public Version {
            state = state.deepCopy();
        }

        /// With the services that every did:webvh has: its files, and who it is ("whois").
        public DidDocument document() {
            return ImplicitServices.add(state, did);
        }
    }

    DidHistory(List<Version> versions, Parameters parameters) {
        this.versions = List.copyOf(versions);
        this.parameters = parameters;
    }

    /// The identifier as it is now.
    public DidWebvh did() {
        return latest().did();
    }

    public List<Version> versions() {
        return versions;
    }

    public Version latest() {
        return versions.getLast();
    }

    /// The version with this number, if there is one.
    public @Nullable Version version(int number) {
        return number < 1 || number > versions.size() ? null : versions.get(number - 1);
    }

    /// The document that counts now; one of a deactivated DID is good for reading what was, and not for trusting anybody.
    public DidDocument document() {
        return latest().document();
    }

    public boolean isDeactivated() {
        return parameters.deactivated();
    }

    /// The keys that may write the next entry, as multikeys; under pre-rotation their hashes are [#committed].
    public List<String> updateKeys() {
        return parameters.updateKeys();
    }

    /// The hashes of the keys that may write the next entry; none where there is no pre-rotation.
    public List<String> committed() {
        return parameters.nextKeyHashes();
    }

    /// This history, if it goes on from a version that was seen before; otherwise what is wrong with that.
    ///
    /// Whoever remembers the newest version of a DID they met can be shown no other past of it.
    public HistoryVerdict continuing(String seen) {
        var number = Integer.parseInt(seen.substring(0, seen.indexOf('-')));
        var version = version(number);
        if (version == null)
            return new HistoryRefused(
                    HistoryFlaw.ROLLED_BACK,
                    "version %d was seen before, and the history ends with %d"
                            .formatted(number, versions.size()));
        if (!version.id().equals(seen))
            return new HistoryRefused(
                    HistoryFlaw.REWRITTEN,
                    "version %d was %s before, and is %s".formatted(number, seen, version.id()));
        return this;
    }
}
