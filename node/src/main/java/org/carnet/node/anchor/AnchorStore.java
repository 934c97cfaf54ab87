// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import java.util.List;

/// What is known of the anchors in one contract: those that are confirmed, and the attempts at the next one.
interface AnchorStore {
    /// The attempts at the next anchor, oldest first; all have one number, so one of them at most comes true.
    List<Attempt> attempts();

    /// Keeps an attempt before it is sent: once this returns, a crash does not lose it.
    void keep(Attempt attempt);

    /// One of the attempts came true; they are over.
    void confirmed(Anchored anchored);

    /// None of the attempts can come true any more.
    void giveUp();

    /// Confirmed anchors of fewer than so many records, newest first.
    List<Anchored> newest(long below, int limit);
}
