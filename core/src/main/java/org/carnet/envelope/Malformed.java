// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

/// Ends the reading of something malformed; it becomes a refusal before it leaves the package that reads.
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_QUOTE = 40;

    private final Reason reason;

    private Malformed(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public static Malformed envelope(String detail) {
        return new Malformed(Reason.MALFORMED_ENVELOPE, detail);
    }

    static Malformed senml(String detail) {
        return new Malformed(Reason.MALFORMED_SENML, detail);
    }

    static Malformed algorithm(String found) {
        return new Malformed(
                Reason.UNSUPPORTED_ALGORITHM, "the algorithm " + found + " is not supported");
    }

    Refused refused() {
        return new Refused(reason, String.valueOf(getMessage()));
    }

    /// Foreign text made safe for a message: short, and printable ASCII only.
    static String quote(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), LONGEST_QUOTE); i++) {
            char c = text.charAt(i);
            quoted.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return quoted.append(text.length() > LONGEST_QUOTE ? "…\"" : "\"").toString();
    }
}
