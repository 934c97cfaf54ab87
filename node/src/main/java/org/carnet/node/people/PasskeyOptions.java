// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.Bytes;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a page hands to the browser to make or use a passkey (WebAuthn sections 5.4 and 5.5), in its JSON form.
final class PasskeyOptions {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int TIMEOUT = 300_000;
    private static final int[] ALGORITHMS = {-8, -7, -257};

    private final PasskeyStore store;
    private final Challenges challenges;
    private final Vault vault;
    private final String platform;

    PasskeyOptions(PasskeyStore store, Challenges challenges, Vault vault, String platform) {
        this.store = store;
        this.challenges = challenges;
        this.vault = vault;
        this.platform = platform;
    }

    /// The browser keeps the name of the account with the passkey, so nobody has to type it.
    ObjectNode toMake(String account, Site.Name site) {
        var options = JSON.createObjectNode();
        options.put("challenge", challenges.issue(Passkeys.making(account)).toBase64Url());
        options.putObject("rp").put("id", site.id()).put("name", "Carnet " + platform);
        // Not the name itself: authenticators tell it to whoever asks (WebAuthn section 14.6.1).
        options.putObject("user")
                .put("id", vault.mac("user handle", account).toBase64Url())
                .put("name", account)
                .put("displayName", account);
        var algorithms = options.putArray("pubKeyCredParams");
        for (int algorithm : ALGORITHMS)
            algorithms.addObject().put("type", "public-key").put("alg", algorithm);
        var excluded = options.putArray("excludeCredentials");
        for (var passkey : store.of(account)) {
            excluded.addObject().put("type", "public-key").put("id", passkey.id().toBase64Url());
        }
        options.putObject("authenticatorSelection")
                .put("residentKey", "required")
                .put("requireResidentKey", true)
                .put("userVerification", "required");
        return options.put("attestation", "none").put("timeout", TIMEOUT);
    }

    /// Names no account: the person chooses among the passkeys of this site.
    ObjectNode toUse(Site.Name site) {
        var options = JSON.createObjectNode();
        Bytes challenge = challenges.issue(Passkeys.SIGN_IN);
        options.put("challenge", challenge.toBase64Url()).put("rpId", site.id());
        options.putArray("allowCredentials");
        return options.put("userVerification", "required").put("timeout", TIMEOUT);
    }
}
