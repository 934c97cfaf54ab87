// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;

/// An act still to be recorded.
///
/// @param subject the owner whose key seals the details
/// @param actor identifier of who acted; recorded as a pseudonym under the subject's key
/// @param about identifier of what it is about; recorded as a pseudonym under the subject's key
/// @param details what only holders of the subject's key may read: the envelope of a received update, JSON otherwise
public record Entry(
        Record.Kind kind,
        Assurance assurance,
        String subject,
        String actor,
        String about,
        Bytes details) {}
