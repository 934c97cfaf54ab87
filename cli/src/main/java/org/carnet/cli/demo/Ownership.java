// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What became of a watch, from its box to its second owner.
///
/// @param identifiers by what each platform knows it
/// @param nextIdentifier by what Agora knows it since then
/// @param known how much each platform knows of it
/// @param links what both know of it that they do not know of every watch
/// @param nextKey how an update under its next key was answered
/// @param replacedKey how one under the key before was answered
/// @param lost how one was answered while it was lost
/// @param found how one was answered once it was found
/// @param revoked how one was answered once its key was revoked
/// @param renewed how one was answered once it had another key
/// @param formerKey how one under its first owner's key was answered once it was its second owner's
/// @param formerOwner how its first owner was answered who asked for it then
/// @param formerIdentities how many identities its first owner's avatars still have
/// @param formerReadings how many readings of before its first owner still has
/// @param nextReadings how many of since then its second owner has
/// @param readingsOfBefore how its second owner was answered who asked for those of before
record Ownership(
        Map<String, String> identifiers,
        String nextIdentifier,
        Map<String, Integer> known,
        Set<String> links,
        String nextKey,
        String replacedKey,
        String lost,
        String found,
        String revoked,
        String renewed,
        String formerKey,
        String formerOwner,
        int formerIdentities,
        int formerReadings,
        int nextReadings,
        String readingsOfBefore) {
    static final String TAKEN = "taken";
    private static final String WORTHLESS = "revoked-key";
    private static final String FORBIDDEN = "forbidden";

    /// The same in words.
    List<String> story() {
        return List.of(
                "  A watch is unpacked: its maker vouches for it, it shows a code, and is Ada's"
                        + " once she says it",
                "    Agora knows it as %s, Arcadia as %s;"
                        .formatted(
                                brief(identifiers.getOrDefault("agora", "")),
                                brief(identifiers.getOrDefault("arcadia", ""))),
                "    of the %d and %d words that they know of it, %d tell that it is one watch"
                        .formatted(
                                known.getOrDefault("agora", 0),
                                known.getOrDefault("arcadia", 0),
                                links.size()),
                "    Its key changes. An update under the next key: %s; under the key before: %s"
                        .formatted(nextKey, replacedKey),
                "    Ada reports it lost, and it sends: %s; found, and it sends: %s"
                        .formatted(lost, found),
                "    She has its key revoked, and it sends: %s; with another key: %s"
                        .formatted(revoked, renewed),
                "    She hands it to Ben. An update under her key: %s; her access: %s; her %d"
                                .formatted(formerKey, formerOwner, formerReadings)
                        + " readings stay hers",
                "    Ben sees what came since, %d reading; of what was before: %s"
                        .formatted(nextReadings, readingsOfBefore));
    }

    private static String brief(String did) {
        return did.substring(0, Math.min(did.length(), 20)) + "…";
    }

    /// Says what has to hold, and whether it does.
    void check(Map<String, Boolean> checks) {
        checks.put("Agora and Arcadia do not know that it is one watch", isUnlinkable());
        checks.put(
                "a key that was replaced is worth nothing",
                nextKey.equals(TAKEN) && replacedKey.equals(WORTHLESS));
        checks.put(
                "a lost watch was not heard until it was found",
                lost.equals("suspended") && found.equals(TAKEN));
        checks.put(
                "a revoked key is worth nothing, and another one brings the watch back",
                revoked.equals(WORTHLESS) && renewed.equals(TAKEN));
        checks.put("a former owner keeps the past and nothing else", isLeft());
        checks.put("the next owner sees from now on only", isTakenOver());
    }

    private boolean isUnlinkable() {
        return identifiers.size() == 2
                && Set.copyOf(identifiers.values()).size() == 2
                && known.values().stream().allMatch(words -> words > 0)
                && links.isEmpty();
    }

    private boolean isLeft() {
        return formerKey.equals(WORTHLESS)
                && formerOwner.equals(FORBIDDEN)
                && formerIdentities == 0
                && formerReadings == WatchStory.UPDATES;
    }

    private boolean isTakenOver() {
        return nextReadings == 1
                && readingsOfBefore.equals(FORBIDDEN)
                && !identifiers.containsValue(nextIdentifier);
    }
}
