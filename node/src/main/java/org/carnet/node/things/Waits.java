// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.node.points.Acks;
import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Holds an answer back until its record is more than durable, if the sender prefers that (RFC 7240).
///
/// ```text
/// Prefer: ack=witnessed, wait=20
/// ```
/// A preference that cannot be met in time, or is not understood, leaves what is so anyway: durable.
record Waits(Acks acks) {
    private static final Pattern ACK =
            Pattern.compile("(?:^|[,; ])ack=(included|witnessed)(?:$|[,; ])");
    private static final Pattern WAIT = Pattern.compile("(?:^|[,; ])wait=([0-9]{1,4})(?:$|[,; ])");
    private static final long USUAL_SECONDS = 10;
    private static final long MOST_SECONDS = 30;

    /// What the record has become when the answer is due: `durable`, `included` or `witnessed`.
    String as(@Nullable String prefer, long record) {
        if (prefer == null) return name(Acks.Level.DURABLE);
        var wanted = ACK.matcher(prefer);
        if (!wanted.find()) return name(Acks.Level.DURABLE);
        var level = Acks.Level.valueOf(wanted.group(1).toUpperCase(Locale.ROOT));
        var wait = WAIT.matcher(prefer);
        long seconds =
                wait.find() ? Math.min(MOST_SECONDS, Long.parseLong(wait.group(1))) : USUAL_SECONDS;
        try {
            acks.awaited(level, record + 1).orTimeout(seconds, TimeUnit.SECONDS).join();
            return name(level);
        } catch (CompletionException tooLate) {
            boolean included = acks.of(Acks.Level.INCLUDED, record).isPresent();
            return name(included ? Acks.Level.INCLUDED : Acks.Level.DURABLE);
        }
    }

    private static String name(Acks.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
