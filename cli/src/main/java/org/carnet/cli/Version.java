// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import picocli.CommandLine.IVersionProvider;

/// The version of this program and of the Java that runs it.
final class Version implements IVersionProvider {
    static final String NUMBER = "0.1.0";

    @Override
    public String[] getVersion() {
        return new String[] {
            "Carnet " + NUMBER,
            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}
