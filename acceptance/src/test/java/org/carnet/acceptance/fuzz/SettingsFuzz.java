// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.fuzz;

import org.carnet.node.settings.InvalidSetting;
import org.carnet.node.settings.Settings;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;

/// Whatever an operator writes as settings, one `name=value` per line, is taken or answered with a sentence.
public final class SettingsFuzz {
    private SettingsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var given = new HashMap<String, String>();
        for (var line : new String(input, StandardCharsets.UTF_8).split("\n")) {
            var parts = line.split("=", 2);
            if (parts.length == 2) given.put(parts[0], parts[1]);
        }
        try {
            Settings.of(given);
        } catch (InvalidSetting refused) {
            // as documented
        }
    }
}
