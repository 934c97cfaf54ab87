// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.Bytes;

import java.util.Optional;

/// R2: what agents keep of a subject that has no copy elsewhere, such as the key of an avatar.
///
/// It lasts as long as the subject: forgetting a range of time leaves it, forgetting all of the subject destroys it.
public interface Secrets {
    /// @param place what it is: it opens for this only
    /// @throws SubjectForgotten if the subject was forgotten and has not begun anew
    Bytes seal(String subject, String place, Bytes plain);

    /// Empty if the subject was forgotten since, or if it was not sealed for this place.
    Optional<Bytes> open(String place, Bytes sealed);

    /// Sixteen bytes that stand for a text of the subject, the same until the subject is forgotten. Nobody else can make
    /// them, nor tell that two of them are of one subject.
    Bytes standIn(String subject, String text);
}
