// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import java.util.Locale;

/// Why somebody does not enter; the page of signing in says it to them in its own words.
enum Refusal {
    /// The provider cannot be reached, or does not behave as one.
    UNREACHABLE,
    /// The answer belongs to no sign-in that this browser began a short while ago.
    NOT_BEGUN_HERE,
    /// The answer comes from another provider than the one that was asked.
    OTHER_PROVIDER,
    /// The provider, or the person there, said no.
    DECLINED,
    /// What the provider says of the person does not hold.
    NOT_PROVEN,
    /// The person did not prove anew who they are, or not as this node wants it.
    NOT_FRESH,
    /// The account here may not sign in.
    NOT_ACTIVE,
    /// The identity belongs to another account, or to none where one was expected.
    OTHER_ACCOUNT,
    /// The person who wanted to link an identity is not signed in any more.
    SIGNED_OUT;

    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
