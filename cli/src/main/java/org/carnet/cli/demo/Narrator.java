// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;

/// Tells the story in plain words, with one line at the bottom that moves when a terminal shows it.
final class Narrator {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final String START_OF_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private boolean moving;
    private long nextPlain = System.nanoTime();

    Narrator(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void say(String line) {
        if (moving) out.print(START_OF_LINE);
        moving = false;
        out.println(line);
        out.flush();
    }

    /// Replaces the moving line; without a terminal, says it now and then.
    void progress(String line) {
        if (terminal) {
            out.print(START_OF_LINE + line);
            out.flush();
            moving = true;
        } else if (System.nanoTime() >= nextPlain) {
            nextPlain = System.nanoTime() + EVERY.toNanos();
            say(line);
        }
    }
}
