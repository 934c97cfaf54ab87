// SPDX-License-Identifier: Apache-2.0
package org.carnet.client.report;

/// Something of a report is not as it was signed: where, and what.
final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String sentence) {
        super(sentence);
    }

    Malformed at(String place) {
        return new Malformed(place + ": " + getMessage());
    }
}
