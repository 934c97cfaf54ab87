// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.NodeRefused;
import org.carnet.node.settings.InvalidSetting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/// The exit codes, and which failure ends in which.
final class Exit {
    static final int OK = 0;
    static final int CHECK_FAILED = 1;
    static final int USAGE = 2;
    static final int UNAVAILABLE = 3;
    static final int REFUSED = 4;
    static final int FAULT = 70;

    private Exit() {}

    static int of(Throwable problem) {
        return switch (problem) {
            case CommandFailed failed -> failed.exit();
            case UncheckedIOException wrapped -> UNAVAILABLE;
            case CompletionException wrapped -> of(cause(wrapped));
            case NodeRefused refused -> REFUSED;
            case IOException unreachable -> UNAVAILABLE;
            case InvalidSetting invalid -> USAGE;
            case IllegalArgumentException invalid -> USAGE;
            default -> FAULT;
        };
    }

    static String sentence(Throwable problem) {
        return switch (problem) {
            case CommandFailed failed -> text(failed);
            case UncheckedIOException wrapped -> text(wrapped) + ": " + sentence(cause(wrapped));
            case CompletionException wrapped -> sentence(cause(wrapped));
            case NoSuchFileException missing -> "there is no " + missing.getMessage();
            case FileAlreadyExistsException taken -> text(taken) + " exists already";
            case AccessDeniedException denied -> "no permission for " + denied.getMessage();
            case ConnectException refused -> "nobody answers at that address: is the node up?";
            case IOException wrapped when wrapped.getCause() instanceof IOException cause ->
                    text(wrapped) + ": " + sentence(cause);
            case IOException unreachable -> text(unreachable);
            case InvalidSetting invalid -> text(invalid);
            case IllegalArgumentException invalid -> text(invalid);
            default -> "a fault of Carnet itself: " + problem;
        };
    }

    private static Throwable cause(Throwable wrapped) {
        return Objects.requireNonNullElse(wrapped.getCause(), new IOException("unknown cause"));
    }

    private static String text(Throwable problem) {
        return Objects.requireNonNullElse(problem.getMessage(), problem.getClass().getSimpleName());
    }
}
