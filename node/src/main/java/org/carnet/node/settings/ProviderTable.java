// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The settings of other platforms' OpenID Providers, with whose accounts people may enter here.
final class ProviderTable {
    /// What an account may be that somebody's first entry opens; everything else an administrator appoints.
    private static final Set<String> ROLES = Set.of("user", "creator");

    private static final Pattern NAME =
            Pattern.compile("providers\\.([a-z][a-z0-9-]{0,31})(\\.[a-z-]+)?");

    private static final Setting<URI> ISSUER =
            new Setting<>(
                    "providers.<provider>",
                    "",
                    "an https URL, or an http URL on loopback",
                    "The issuer of an OpenID Provider, exactly as it calls itself: people enter"
                            + " here with their account there.",
                    SettingTable::peer);
    private static final Setting<String> CLIENT =
            new Setting<>(
                    "providers.<provider>.client",
                    "",
                    "1 to 255 visible ASCII characters",
                    "By which client identifier this node is registered there.",
                    SettingTable.matching("[!-~]{1,255}"));
    private static final Setting<String> LABEL =
            new Setting<>(
                    "providers.<provider>.label",
                    "",
                    "up to 40 characters",
                    "What people here call it; without it, its name in the settings.",
                    SettingTable.matching("[^\\p{C}]{1,40}"));
    private static final Setting<Boolean> PUBLIC =
            new Setting<>(
                    "providers.<provider>.public",
                    "false",
                    "true or false",
                    "Whether this node is a public client there; otherwise it signs with the key of"
                            + " `/sign-in/client-keys`.",
                    SettingTable::flag);
    private static final Setting<Path> AUTHORITY =
            new Setting<>(
                    "providers.<provider>.authority",
                    "",
                    "a PEM file",
                    "Whose certificates to trust for it; without it, those that Java trusts.",
                    Path::of);
    private static final Setting<Set<String>> FIRST_ROLES =
            new Setting<>(
                    "providers.<provider>.roles",
                    "",
                    "user, creator, or both with a comma between them",
                    "What somebody is here who enters for the first time; without it, nothing more"
                            + " than a visitor with an account.",
                    ProviderTable::roles);
    private static final Setting<Boolean> STEP_UP =
            new Setting<>(
                    "providers.<provider>.step-up",
                    "false",
                    "true or false",
                    "Whether its word on when and by what a person proved who they are is good"
                            + " enough for dangerous acts here; otherwise those need a passkey or"
                            + " password of this node.",
                    SettingTable::flag);
    private static final Setting<String> ACR =
            new Setting<>(
                    "providers.<provider>.acr",
                    "",
                    "1 to 255 visible ASCII characters",
                    "The `acr` that its word must have for that.",
                    SettingTable.matching("[!-~]{1,255}"));
    private static final Setting<String> AUDIENCE =
            new Setting<>(
                    "providers.<provider>.audience",
                    "",
                    "1 to 255 visible ASCII characters, another than the client identifier",
                    "The audience of its access tokens that open this node's interface (RFC 9068);"
                            + " without it none do.",
                    SettingTable.matching("[!-~]{1,255}"));

    static final List<Setting<?>> ALL =
            List.of(ISSUER, CLIENT, LABEL, PUBLIC, AUTHORITY, FIRST_ROLES, STEP_UP, ACR, AUDIENCE);

    private ProviderTable() {}

    static boolean knows(String name) {
        var parts = NAME.matcher(name);
        return parts.matches() && ALL.stream().anyMatch(one -> one.name().equals(generic(name)));
    }

    private static String generic(String name) {
        return name.replaceFirst("^providers\\.[^.]+", "providers.<provider>");
    }

    static Map<String, Settings.Provider> in(Map<String, String> given) {
        var providers = new HashMap<String, Settings.Provider>();
        for (var name : given.keySet()) {
            var parts = NAME.matcher(name);
            if (!parts.matches() || providers.containsKey(parts.group(1))) continue;
            providers.put(parts.group(1), new One(parts.group(1), given).provider());
        }
        return providers;
    }

    /// What is given of one provider.
    private record One(String key, Map<String, String> given) {
        Settings.Provider provider() {
            return new Settings.Provider(
                    key,
                    required(ISSUER),
                    required(CLIENT),
                    find(LABEL).orElse(key),
                    find(PUBLIC).orElse(false),
                    find(AUTHORITY),
                    find(FIRST_ROLES).orElse(Set.of()),
                    find(STEP_UP).orElse(false),
                    find(ACR),
                    find(AUDIENCE));
        }

        private <T> T required(Setting<T> setting) {
            return find(setting)
                    .orElseThrow(
                            () ->
                                    new InvalidSetting(
                                            name(setting)
                                                    + " is missing: expected is "
                                                    + setting.expected()));
        }

        private <T> Optional<T> find(Setting<T> setting) {
            var text = given.getOrDefault(name(setting), "");
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(setting.parse(name(setting), text));
        }

        private String name(Setting<?> setting) {
            return setting.name().replace("<provider>", key);
        }
    }

    private static Set<String> roles(String text) {
        var roles = Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet());
        SettingTable.require(ROLES.containsAll(roles));
        return roles;
    }
}
