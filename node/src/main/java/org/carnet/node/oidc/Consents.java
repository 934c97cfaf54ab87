// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;

/// What people allowed their clients to ask for, on the record before it holds.
final class Consents implements OAuth2AuthorizationConsentService {
    private final OAuth2AuthorizationConsentService kept;
    private final Diary diary;

    Consents(OAuth2AuthorizationConsentService kept, Diary diary) {
        this.kept = kept;
        this.diary = diary;
    }

    @Override
    public void save(OAuth2AuthorizationConsent consent) {
        record(consent, "consented");
        kept.save(consent);
    }

    @Override
    public void remove(OAuth2AuthorizationConsent consent) {
        record(consent, "consent-withdrawn");
        kept.remove(consent);
    }

    @Override
    public @Nullable OAuth2AuthorizationConsent findById(String client, String account) {
        return kept.findById(client, account);
    }

    private void record(OAuth2AuthorizationConsent consent, String what) {
        diary.person(
                consent.getPrincipalName(),
                consent.getRegisteredClientId(),
                what,
                consent.getScopes());
    }
}
