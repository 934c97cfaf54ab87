// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What one run of the command line answered.
record Run(int exit, String out, String err) {

    static Run carnet(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exit =
                Carnet.commandLine()
                        .setUsageHelpAutoWidth(false)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }
}
