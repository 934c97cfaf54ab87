// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

/// Who vouched for the data that a record is about.
public enum Assurance {
    /// Nobody signed: the node itself acted.
    NONE(0),
    /// The thing signed its own data.
    THING(1),
    /// A gateway signed for a thing that cannot: the lower class.
    GATEWAY(2);

    private final int code;

    Assurance(int code) {
        this.code = code;
    }

    /// The code on the wire; never reused.
    public int code() {
        return code;
    }

    static Assurance of(int code) {
        for (var assurance : values()) if (assurance.code == code) return assurance;
        throw new IllegalArgumentException("no assurance has the code " + code);
    }
}
