// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.Bytes;
import org.carnet.log.LogTrust;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;
import org.carnet.log.TlogPolicy;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// By whose signatures a log is believed.
final class LogTrustOptions {
    @Option(
            names = "--vkey",
            paramLabel = "KEY",
            description = "A key that must have signed the checkpoint; can be given twice.")
    private List<String> keys = List.of();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "The logs to accept and the witnesses that must have cosigned, as"
                            + " c2sp.org/tlog-policy.")
    private @Nullable Path policy;

    LogTrust trust() throws IOException {
        if (keys.isEmpty() && policy == null) {
            throw new CommandFailed(
                    Exit.USAGE,
                    "nobody's log is believed by its own word: give --vkey or --policy");
        }
        var verifiers = keys.stream().map(NoteVerifier::parse).toList();
        return new LogTrust(
                verifiers.isEmpty() ? Optional.empty() : Optional.of(new LogVerifier(verifiers)),
                policy());
    }

    private Optional<TlogPolicy> policy() throws IOException {
        if (policy == null) return Optional.empty();
        return Optional.of(TlogPolicy.parse(Bytes.unsafe(Files.readAllBytes(policy))));
    }

    /// The logs of the policy that have a URL, by it; each is believed with all keys that the policy gives it there.
    Map<String, LogTrust> listed() throws IOException {
        var byUrl = new LinkedHashMap<String, List<NoteVerifier>>();
        var listing = policy();
        for (var log : listing.map(TlogPolicy::logs).orElse(List.of())) {
            log.url()
                    .ifPresent(
                            url ->
                                    byUrl.computeIfAbsent(url, any -> new ArrayList<>())
                                            .add(log.verifier()));
        }
        if (byUrl.isEmpty()) {
            throw new CommandFailed(
                    Exit.USAGE, "name a log, or give a --policy whose logs have URLs");
        }
        var listed = new LinkedHashMap<String, LogTrust>();
        byUrl.forEach(
                (url, verifiers) ->
                        listed.put(
                                url,
                                new LogTrust(Optional.of(new LogVerifier(verifiers)), listing)));
        return listed;
    }
}
