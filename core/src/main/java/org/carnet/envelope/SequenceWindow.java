// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

/// Which sequence numbers of one thing have been accepted: the highest, and which of the 63 below it.
///
/// Packs may overtake each other by up to 63 numbers (as in RFC 4303 section 3.4.3). Not safe for several threads.
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

    private long highest;
    private long bitmap; // bit i stands for the number highest - i

    /// A window that has seen nothing.
    public SequenceWindow() {}

    /// The window as [#highest] and [#bitmap] told it.
    public SequenceWindow(long highest, long bitmap) {
        this.highest = highest;
        this.bitmap = bitmap;
    }

    /// Accepts the number unless it has been accepted before, or might have been.
    public Answer accept(long sequence) {
        if (sequence > highest) {
            long ahead = sequence - highest;
            bitmap = ahead < WIDTH ? (bitmap << ahead) | 1 : 1;
            highest = sequence;
            return Answer.ACCEPTED;
        }
        long behind = highest - sequence;
        if (behind >= WIDTH) return Answer.STALE;
        long bit = 1L << behind;
        if ((bitmap & bit) != 0) return Answer.REPLAY;
        bitmap |= bit;
        return Answer.ACCEPTED;
    }

    /// Takes back an acceptance, so that a pack which could not be stored may be sent again.
    public void forget(long sequence) {
        long behind = highest - sequence;
        if (behind >= 0 && behind < WIDTH) bitmap &= ~(1L << behind);
    }

    public long highest() {
        return highest;
    }

    public long bitmap() {
        return bitmap;
    }
}
