// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import java.util.HashSet;
import java.util.Set;

/// Which sequence numbers of one thing have been accepted: the highest, and which of the 63 below it.
///
/// Packs may overtake each other by up to 63 numbers (as in RFC 4303 section 3.4.3). A number is reserved while its pack
/// is on its way to the disk, and moves the window only once the pack is kept: packs that could not be stored, however
/// many, may all be sent again. Safe for many threads.
public final class SequenceWindow {
    private static final int WIDTH = Long.SIZE;

    /// What a number is to the window.
    public enum Answer {
        ACCEPTED,
        /// It has been accepted before.
        REPLAY,
        /// It is too far below the highest to tell.
        STALE
    }

    /// What is to be remembered of a window.
    ///
    /// @param bitmap bit i stands for the number highest - i
    public record State(long highest, long bitmap) {}

    private final Set<Long> reserved = new HashSet<>(0);
    private long highest;
    private long bitmap;

    /// A window that has seen nothing.
    public SequenceWindow() {}

    public SequenceWindow(State state) {
        this.highest = state.highest;
        this.bitmap = state.bitmap;
    }

    /// Accepts the number, for now, unless it has been accepted before, or might have been.
    public synchronized Answer reserve(long sequence) {
        long behind = highest - sequence;
        if (behind >= WIDTH) return Answer.STALE;
        if (behind >= 0 && (bitmap & 1L << behind) != 0) return Answer.REPLAY;
        return reserved.add(sequence) ? Answer.ACCEPTED : Answer.REPLAY;
    }

    /// Keeps a reserved number for good.
    public synchronized void keep(long sequence) {
        reserved.remove(sequence);
        long ahead = sequence - highest;
        if (ahead > 0) {
            bitmap = ahead < WIDTH ? (bitmap << ahead) | 1 : 1;
            highest = sequence;
        } else if (-ahead < WIDTH) {
            bitmap |= 1L << -ahead;
        }
    }

    /// Lets go of a reserved number, so that a pack which could not be stored may be sent again.
    public synchronized void release(long sequence) {
        reserved.remove(sequence);
    }

    /// Accepts a number that is known to be kept.
    public synchronized Answer accept(long sequence) {
        var answer = reserve(sequence);
        if (answer == Answer.ACCEPTED) keep(sequence);
        return answer;
    }

    /// The numbers that are kept.
    public synchronized State state() {
        return new State(highest, bitmap);
    }
}
