// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.node.ObjectNode;

/// The rules of the data model, each broken once.
final class CredentialTest {
    private static final String GOOD =
            """
            {"@context": ["https://www.w3.org/ns/credentials/v2", {"Badge": "urn:example:Badge"}],
             "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
             "type": ["VerifiableCredential", "Badge"],
             "name": [{"@value": "Marke", "@language": "de", "@direction": "ltr"}, "badge"],
             "issuer": {"id": "did:example:issuer", "name": "Issuer"},
             "validFrom": "2026-01-01T00:00:00Z",
             "validUntil": "2027-01-01T00:00:00+01:00",
             "credentialSubject": {"id": "did:example:subject", "level": "high"},
             "credentialSchema": {"id": "https://example.org/s", "type": "JsonSchema"},
             "relatedResource": {"id": "https://example.org/r",
               "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}}
            """;

    private static ObjectNode good() {
        return Json.object(Bytes.utf8(GOOD));
    }

    @Test
    void aCredentialThatFollowsEveryRuleIsRead() {
        var credential = Credential.parse(good());
        assertThat(credential.issuer()).isEqualTo("did:example:issuer");
        assertThat(credential.subject()).isEqualTo("did:example:subject");
        assertThat(credential.relatedResources().getFirst().matches(Bytes.utf8(""))).isTrue();
        assertThat(credential.relatedResources().getFirst().matches(Bytes.utf8("x"))).isFalse();
    }

    /// A member, the value that breaks a rule (none removes it), and what is said of it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "@context | | there is no @context",
                "@context | \"https://www.w3.org/ns/credentials/v2\" | not a list",
                "@context | [] | not a list",
                "@context | [\"https://example.org\", \"https://www.w3.org/ns/credentials/v2\"] |"
                        + " the first @context",
                "@context | [\"https://www.w3.org/ns/credentials/v2\", 1] | a @context is not",
                "id | \"no url\" | the id is not a URL",
                "id | [\"urn:a:1\", \"urn:a:2\"] | the id is not a URL",
                "type | | has no type",
                "type | \"Badge\" | does not include VerifiableCredential",
                "type | [\"VerifiableCredential\", 7] | is not a string",
                "name | {\"@value\": \"x\", \"more\": 1} | neither text",
                "name | {\"@value\": 1} | no @value with text",
                "name | {\"@value\": \"x\", \"@direction\": \"up\"} | @direction",
                "name | {\"@value\": \"x\", \"@language\": \"not a tag\"} | @language",
                "issuer | | the issuer is not a URL",
                "issuer | null | the issuer is not a URL",
                "issuer | \"me\" | the issuer is not a URL",
                "issuer | {\"name\": \"x\"} | the id of the issuer",
                "validFrom | \"2026-01-01\" | validFrom is not a date",
                "validFrom | \"2026-01-01T00:00:00\" | validFrom is not a date",
                "validFrom | \"2026-02-30T00:00:00Z\" | no such date",
                "validFrom | \"2028-01-01T00:00:00Z\" | ends before it starts",
                "credentialSubject | | no credentialSubject",
                "credentialSubject | [] | empty list",
                "credentialSubject | {} | no object with members",
                "credentialSubject | \"did:example:x\" | no object with members",
                "credentialSchema | {\"type\": \"JsonSchema\"} | the id of a credentialSchema",
                "credentialStatus | {\"id\": \"urn:a:1\"} | has no type",
                "credentialStatus | {\"id\": \"x\", \"type\": \"T\"} | is not a URL",
                "refreshService | {\"id\": \"urn:a:1\"} | has no type",
                "termsOfUse | {\"id\": \"urn:a:1\"} | has no type",
                "evidence | {\"id\": \"urn:a:1\"} | has no type",
                "relatedResource | [\"https://example.org/r\"] | no object",
                "relatedResource | {\"id\": \"https://example.org/r\"} | neither digestSRI",
                "relatedResource | {\"digestSRI\": \"sha256-x\"} | the id of a relatedResource",
                "relatedResource | {\"id\": \"urn:a:1\", \"digestSRI\": \"md5-AA==\"} | SHA-2",
                "relatedResource | {\"id\": \"urn:a:1\", \"digestMultibase\": \"uAAAA\"} |"
                        + " multihash"
            })
    void whatBreaksARuleIsRefusedWithThatRule(String member, String value, String why) {
        var json = good();
        if (value == null) json.remove(member);
        else json.set(member, Json.tree(Bytes.utf8(value)));
        assertThatThrownBy(() -> Credential.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
